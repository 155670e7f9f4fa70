import { CALL_TEXT } from "./bodies-and-answers.js";
import type { Evolution } from "./evolution.js";
import { addOperation, answer, body, closed, contentOf } from "./new-operation.js";

const TEXT = "POST /v2/thumbnail/text";
const text = { type: "string" };
const FOUND = answer(closed({ found: text }, ["found"]));

/** Parameters that are added, and operations with kinds that the API does not have yet. */
export const parameters: Evolution[] = [
  {
    name: "an optional header parameter is added",
    change: (document) => {
      const parameter = { name: "X-Priority", in: "header", schema: { type: "string" } };
      document.operation(TEXT)["parameters"] = [parameter];
    },
    program: `${CALL_TEXT}
await pikzels.thumbnails.fromText(
  { prompt: "A summit", model: "pkz_4_5", format: "16:9" },
  { headers: { "X-Priority": "high" } },
);`,
  },
  {
    name: "a required header parameter is added",
    change: (document) => {
      const parameter = {
        name: "X-Workspace",
        in: "header",
        required: true,
        schema: { type: "string" },
      };
      document.operation(TEXT)["parameters"] = [parameter];
    },
    program: `
const body = { prompt: "A summit", model: "pkz_4_5", format: "16:9" } as const;
const made = await pikzels.thumbnails.fromText(body, { headers: { "X-Workspace": "one" } });
assert(typeof made.output === "string");
// @ts-expect-error: the header is required
void (() => pikzels.thumbnails.fromText(body));`,
  },
  {
    name: "path parameters are an integer and a reserved word",
    change: (document) => {
      addOperation(document, "GET /v2/job/{number}/{import}", {
        parameters: [
          { name: "number", in: "path", required: true, schema: { type: "integer", minimum: 1 } },
          { name: "import", in: "path", required: true, schema: text },
        ],
        success: FOUND,
      });
    },
    program: `
assert(typeof (await pikzels.job.get(7, "a")).found === "string");
// @ts-expect-error: the first is a number
void (() => pikzels.job.get("7", "a"));`,
  },
  {
    name: "query parameters are an object and lists with separators",
    change: (document) => {
      const list = { type: "array", items: text };
      addOperation(document, "GET /v2/search", {
        parameters: [
          { name: "filter", in: "query", style: "deepObject", schema: closed({ mode: text }, []) },
          { name: "ids", in: "query", style: "pipeDelimited", explode: false, schema: list },
          { name: "area", in: "query", ...contentOf(closed({ width: { type: "integer" } }, [])) },
        ],
        success: FOUND,
      });
    },
    program: `
const query = { filter: { mode: "style" }, ids: ["a", "b"], area: { width: 2 } };
assert(typeof (await pikzels.search.get({ query })).found === "string");`,
  },
  {
    name: "a form takes several files and an object",
    change: (document) => {
      const file = { type: "string", format: "binary" };
      const fields = {
        files: { type: "array", items: file, minItems: 1 },
        crop: closed({ width: { type: "integer" } }, ["width"]),
      };
      addOperation(document, "POST /v2/dataset", {
        ...body(closed(fields, ["files"]), "multipart/form-data"),
        success: FOUND,
      });
    },
    program: `
const made = await pikzels.dataset.create({
  files: [new Blob(["a"]), new Blob(["b"])],
  crop: { width: 2 },
});
assert(typeof made.found === "string");`,
  },
];
