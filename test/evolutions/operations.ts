import { CALL_TEXT } from "./bodies-and-answers.js";
import type { Evolution } from "./evolution.js";
import { addOperation, answer, body, closed, OUTPUT } from "./new-operation.js";

const READ = "GET /v2/pikzonality/{id}";

/** Operations that are added, removed or renamed. */
export const operations: Evolution[] = [
  {
    name: "an operation with the image rule is added",
    change: (document) => {
      const image = {
        image_url: { type: "string", pattern: "^https://\\S+$" },
        image_base64: { type: "string", pattern: "^data:image/[a-zA-Z0-9.+-]+;base64," },
        scale: { type: "integer", minimum: 2, maximum: 4 },
      };
      const rule = [
        { required: ["image_url"], not: { required: ["image_base64"] } },
        { required: ["image_base64"], not: { required: ["image_url"] } },
      ];
      addOperation(document, "POST /v2/thumbnail/upscale", {
        tags: ["thumbnail"],
        ...body({ ...closed(image, ["scale"]), oneOf: rule }),
        success: answer(OUTPUT),
      });
    },
    program: `
const made = await pikzels.thumbnails.upscale({ image_url: "https://cdn.pikzels.com/example.png", scale: 2 });
assert(typeof made.output === "string");
// @ts-expect-error: neither
const neither: client.ThumbnailsUpscaleBody = { scale: 2 };
await assertRejects(pikzels.thumbnails.upscale(neither), "PikzelsInputError");`,
  },
  {
    name: "a list with query parameters is added",
    change: (document) => {
      const item = closed({ id: { type: "string" }, name: { type: "string" } }, ["id", "name"]);
      addOperation(document, "GET /v2/pikzonality", {
        parameters: [
          { name: "limit", in: "query", required: true, schema: { type: "integer", minimum: 1 } },
          { name: "mode", in: "query", schema: { type: "array", items: { type: "string" } } },
        ],
        success: answer(closed({ items: { type: "array", items: item } }, ["items"])),
      });
    },
    program: `
const { items } = await pikzels.pikzonalities.list({ query: { limit: 5, mode: ["style"] } });
assert(Array.isArray(items));
// @ts-expect-error: limit is required
void (() => pikzels.pikzonalities.list());`,
  },
  {
    name: "an upload as multipart/form-data is added",
    change: (document) => {
      const fields = { file: { type: "string", format: "binary" }, purpose: { type: "string" } };
      const content = { "multipart/form-data": { schema: closed(fields, ["file"]) } };
      addOperation(document, "POST /v2/upload", {
        requestBody: { required: true, content },
        success: answer(closed({ id: { type: "string" } }, ["id"])),
      });
    },
    program: `
const { id } = await pikzels.upload.create({ file: new Blob(["pixels"]), purpose: "mask" });
assert(typeof id === "string");`,
  },
  {
    name: "an event stream is added",
    change: (document) => {
      addOperation(document, "POST /v2/title/stream", {
        ...body(closed({ prompt: { type: "string" } }, ["prompt"])),
        success: {
          "200": {
            description: "Events",
            content: { "text/event-stream": { schema: { type: "string" } } },
          },
        },
      });
    },
    program: `
const events = await pikzels.titles.stream({ prompt: "A summit" });
assert(events instanceof ReadableStream);
await events.cancel();`,
  },
  {
    name: "a binary answer is added",
    change: (document) => {
      addOperation(document, "GET /v2/thumbnail/{id}/picture", {
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        success: {
          "200": {
            description: "The picture",
            content: { "image/png": { schema: { type: "string", format: "binary" } } },
          },
        },
      });
    },
    program: `
const picture = await pikzels.thumbnails.picture("one");
assert(picture instanceof Blob);`,
  },
  {
    name: "an operation that answers 202 with a job is added",
    change: (document) => {
      addOperation(document, "POST /v2/thumbnail/batch", {
        ...body(closed({ prompts: { type: "array", items: { type: "string" } } }, ["prompts"])),
        success: answer(closed({ job_id: { type: "string" } }, ["job_id"]), "202"),
      });
    },
    program: `
const { job_id } = await pikzels.thumbnails.batch({ prompts: ["A", "B"] });
assert(typeof job_id === "string");`,
  },
  {
    name: "an operation under /v3 is added",
    change: (document) => {
      addOperation(document, "POST /v3/thumbnail/text", {
        ...body(closed({ prompt: { type: "string" } }, ["prompt"])),
        success: answer(OUTPUT),
      });
    },
    program: `
const made = await pikzels.thumbnails.textV3({ prompt: "A summit" });
assert(typeof made.output === "string");`,
  },
  {
    name: "an operation that answers 204 is added",
    change: (document) => {
      addOperation(document, "POST /v2/pikzonality/{id}/archive", {
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        success: { "204": { description: "Archived" } },
      });
    },
    program: `
const nothing: void | undefined = await pikzels.pikzonalities.archive("one");
assert(nothing === undefined);`,
  },
  {
    name: "an operation is removed",
    change: (document) => {
      document.operation("POST /v2/title/text");
      Reflect.deleteProperty(document.paths(), "/v2/title/text");
    },
    program: `${CALL_TEXT}
assert(!("titles" in pikzels));`,
  },
  {
    name: "an operation gets another path",
    change: (document) => {
      document.operation("POST /v2/title/text");
      const paths = document.paths();
      paths["/v2/title/generate"] = paths["/v2/title/text"];
      Reflect.deleteProperty(paths, "/v2/title/text");
    },
    program: `
const titles = await pikzels.titles.fromText({ prompt: "A summit" });
assert(titles.outputs.length > 0);`,
  },
  {
    name: "an operationId changes",
    change: (document) => {
      document.operation("POST /v2/title/text")["operationId"] = "generateTitles";
    },
    program: `
const titles = await pikzels.titles.fromText({ prompt: "A summit" });
assert(titles.outputs.length > 0);`,
  },
  {
    name: "a path parameter is renamed",
    change: (document) => {
      document.operation(READ);
      const paths = document.paths();
      const item = paths["/v2/pikzonality/{id}"];
      Reflect.deleteProperty(paths, "/v2/pikzonality/{id}");
      paths["/v2/pikzonality/{pikzonality_id}"] = JSON.parse(
        JSON.stringify(item).replaceAll('"name":"id"', '"name":"pikzonality_id"'),
      );
    },
    program: `
const url = "https://cdn.pikzels.com/example.png";
const { id } = await pikzels.styles.create({ name: "Renamed", image_urls: [url, url, url] });
assert((await pikzels.pikzonalities.get(id)).id === id);`,
  },
];
