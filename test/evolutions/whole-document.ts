import { isObject, objectAt } from "../../src/openapi/json.js";
import { CALL_TEXT, READ_BACK } from "./bodies-and-answers.js";
import { changeObjects, NotApplicable, type EvolvingDocument } from "./document.js";
import type { Evolution } from "./evolution.js";

const TEXT = "POST /v2/thumbnail/text";
const SCORE = "POST /v2/thumbnail/score";
const READ = "GET /v2/pikzonality/{id}";

const CODES_ARE_TYPED = `
assert(client.errorCodes.length > 1);
// @ts-expect-error: no error has this code
const code: client.ErrorCode = "NO_SUCH_CODE";
assert(code);`;

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

/** Changes of structure and of the OpenAPI version. */
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
