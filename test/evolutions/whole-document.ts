import { isObject, objectAt, type JsonObject } from "../../src/openapi/json.js";
import { CALL_TEXT } from "./bodies-and-answers.js";
import { changeObjects, NotApplicable, type EvolvingDocument } from "./document.js";
import type { Evolution } from "./evolution.js";

const TEXT = "POST /v2/thumbnail/text";
const SCORE = "POST /v2/thumbnail/score";
const READ = "GET /v2/pikzonality/{id}";

export const READ_BACK = `
const url = "https://cdn.pikzels.com/example.png";
const { id } = await pikzels.styles.create({ name: "Back", image_urls: [url, url, url] });
assert((await pikzels.pikzonalities.get(id)).id === id);`;

const CODES_ARE_TYPED = `
assert(client.errorCodes.length > 1);
// @ts-expect-error: no error has this code
const code: client.ErrorCode = "NO_SUCH_CODE";
assert(code);`;

/** Records a call's address and headers, without a server. */
export const SENT = `
let sent: Request | undefined;
const spy = client.createPikzels({
  apiKey: "pkz_evolution_0123456789",
  fetch: async (input, init) => {
    sent = new Request(input as string, init as RequestInit);
    return Response.json({ output: "https://cdn.pikzels.com/a.png", request_id: "1" });
  },
});
await spy.thumbnails.fromText({ prompt: "A summit", model: "pkz_4_5", format: "16:9" });
assert(sent);`;

/** The same API, written in OpenAPI 3.1. */
function to31({ root }: EvolvingDocument): void {
  root["openapi"] = "3.1.0";
  changeObjects(root, (schema) => {
    if (schema["nullable"] !== true) return;
    Reflect.deleteProperty(schema, "nullable");
    const { type } = schema;
    if (typeof type === "string") schema["type"] = [type, "null"];
  });
}

export function secure(
  { root }: EvolvingDocument,
  schemes: JsonObject,
  security: JsonObject[],
): void {
  const components = objectAt(root, "components");
  root["components"] = { ...components, securitySchemes: schemes };
  root["security"] = security;
  for (const item of Object.values(objectAt(root, "paths"))) {
    for (const operation of Object.values(isObject(item) ? item : {})) {
      if (isObject(operation)) Reflect.deleteProperty(operation, "security");
    }
  }
}

const BEARER = { type: "http", scheme: "bearer" };
const API_KEY = { type: "apiKey", in: "header", name: "X-Api-Key" };

/** Changes of structure, of the OpenAPI version, and of how the service is reached. */
export const wholeDocument: Evolution[] = [
  {
    name: "request bodies move behind $ref",
    change: (document) => {
      const operation = document.operation(TEXT);
      document.components("schemas")["TextBody"] = document.body(TEXT);
      document.components("requestBodies")["Text"] = {
        required: true,
        content: { "application/json": { schema: { $ref: "#/components/schemas/TextBody" } } },
      };
      operation["requestBody"] = { $ref: "#/components/requestBodies/Text" };
    },
    program: CALL_TEXT,
  },
  {
    name: "responses move behind $ref",
    change: (document) => {
      for (const [title] of document.operations()) {
        const responses = document.responses(title);
        for (const [status, response] of Object.entries(responses)) {
          const name = status === "200" ? `${title.replaceAll(/\W+/g, "")}200` : `Failure${status}`;
          document.components("responses")[name] = response;
          responses[status] = { $ref: `#/components/responses/${name}` };
        }
      }
    },
    program: `${CALL_TEXT}
${CODES_ARE_TYPED}`,
  },
  {
    name: "rate limit headers are described, behind $ref",
    change: (document) => {
      document.components("headers")["Remaining"] = { schema: { type: "integer" } };
      for (const [title] of document.operations()) {
        objectAt(document.responses(title), "200")["headers"] = {
          "X-RateLimit-Remaining": { $ref: "#/components/headers/Remaining" },
        };
      }
    },
    program: CALL_TEXT,
  },
  {
    name: "path items move behind $ref, in 3.1",
    change: (document) => {
      document.operation(READ);
      to31(document);
      const paths = document.paths();
      document.components("pathItems")["Pikzonality"] = paths["/v2/pikzonality/{id}"];
      paths["/v2/pikzonality/{id}"] = { $ref: "#/components/pathItems/Pikzonality" };
    },
    program: READ_BACK,
  },
  {
    name: "path parameters move to their path, behind $ref",
    change: (document) => {
      const [parameter] = document.operation(READ)["parameters"] as unknown[];
      const item = objectAt(document.paths(), "/v2/pikzonality/{id}");
      document.components("parameters")["Id"] = parameter;
      for (const operation of Object.values(item)) {
        if (isObject(operation)) Reflect.deleteProperty(operation, "parameters");
      }
      item["parameters"] = [{ $ref: "#/components/parameters/Id" }];
    },
    program: READ_BACK,
  },
  {
    name: "the schema of errors is renamed",
    change: (document) => {
      const schemas = document.components("schemas");
      if (!Object.hasOwn(schemas, "ErrorResponse")) throw new NotApplicable("no ErrorResponse");
      const text = JSON.stringify(document.root)
        .replaceAll("#/components/schemas/ErrorResponse", "#/components/schemas/ApiFailure")
        .replace('"ErrorResponse":', '"ApiFailure":');
      Object.assign(document.root, JSON.parse(text));
    },
    program: `
await assertRejects(pikzels.pikzonalities.get("00000000-0000-4000-8000-000000000000"), "PikzelsApiError");
${CODES_ARE_TYPED}`,
  },
  { name: "the document is written in 3.1", change: to31, program: READ_BACK },
  {
    name: "the document is written in 3.1, with a webhook",
    change: (document) => {
      to31(document);
      const schema = { type: "object", properties: { id: { type: "string" } } };
      document.root["webhooks"] = {
        "thumbnail.ready": {
          post: {
            requestBody: { content: { "application/json": { schema } } },
            responses: { "200": { description: "Received" } },
          },
        },
      };
    },
    program: CALL_TEXT,
  },
  {
    name: "the image rule is written as dependentRequired, in 3.1",
    change: (document) => {
      to31(document);
      const schema = document.body(SCORE);
      Reflect.deleteProperty(schema, "allOf");
      Object.assign(schema, {
        anyOf: [{ required: ["image_url"] }, { required: ["image_base64"] }],
        dependentSchemas: { image_url: { not: { required: ["image_base64"] } } },
      });
    },
    program: `
const scored = await pikzels.thumbnails.score({ image_url: "https://cdn.pikzels.com/example.png" });
assert(typeof scored.main_score === "number");`,
  },
  {
    name: "the base path moves into the server",
    change: (document) => {
      const paths = document.paths();
      for (const [path, item] of Object.entries(paths)) {
        if (!path.startsWith("/v2/")) continue;
        Reflect.deleteProperty(paths, path);
        paths[path.slice("/v2".length)] = item;
      }
      document.root["servers"] = [{ url: "https://api.pikzels.com/v2" }];
    },
    program: `${SENT}
assert(sent.url === "https://api.pikzels.com/v2/thumbnail/text");`,
  },
  {
    name: "the host moves",
    change: ({ root }) => {
      root["servers"] = [{ url: "https://api.pikzels.example" }];
    },
    program: `${SENT}
assert(new URL(sent.url).host === "api.pikzels.example");`,
  },
  {
    name: "a second server is listed",
    change: ({ root }) => {
      root["servers"] = [...(root["servers"] as unknown[]), { url: "https://eu.pikzels.example" }];
    },
    program: `${SENT}
assert(new URL(sent.url).host === "api.pikzels.com");`,
  },
  {
    name: "a bearer token replaces the key",
    change: (document) => {
      secure(document, { bearer: BEARER }, [{ bearer: [] }]);
    },
    program: `${SENT}
assert(sent.headers.get("authorization") === "Bearer pkz_evolution_0123456789");
${CALL_TEXT}`,
  },
  {
    name: "a bearer token is taken beside the key",
    change: (document) => {
      secure(document, { key: API_KEY, bearer: BEARER }, [{ key: [] }, { bearer: [] }]);
    },
    program: `${SENT}
assert(sent.headers.get("x-api-key") === "pkz_evolution_0123456789");
${CALL_TEXT}`,
  },
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
    name: "the title, the version and the words change",
    change: (document) => {
      const { root } = document;
      root["info"] = { title: "Another title", version: "v2.1", description: "Other words." };
      for (const [, operation] of document.operations()) operation["summary"] = "Other words";
    },
    program: CALL_TEXT,
  },
  { name: "nothing changes", change: () => undefined, program: CALL_TEXT },
];
