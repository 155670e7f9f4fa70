import { expect, test } from "vitest";
import { exampleExpression } from "../../scripts/generate/index.js";
import { operationsOf } from "../../src/openapi/operations.js";

test("an example that is older than a required field of its body still passes that field", () => {
  const [operation] = operationsOf(DOCUMENT);
  if (!operation) throw new Error("the document has an operation");
  const call = exampleExpression(DOCUMENT, { group: "orders", name: "create", operation });
  expect(call.replaceAll(/\s+/g, " ")).toBe(
    'pikzels.orders.create({ name: "A", lang: "de", tags: ["text"], })',
  );
});

test("an example passes a required parameter with content in the form that its schema has", () => {
  const area = (media: object) => {
    const content = { "application/json": media };
    const parameters = [{ in: "query", name: "area", required: true, content }];
    const [operation] = operationsOf({ paths: { "/v1/a": { get: { parameters } } } });
    if (!operation) throw new Error("the document has an operation");
    return exampleExpression({}, { group: "a", name: "get", operation });
  };
  const schema = { type: "object", required: ["b"], properties: { b: { type: "integer" } } };
  expect(area({ schema })).toMatch(/area: \{ b: \d+ \}/);
  expect(area({ schema, example: { b: 77 } })).toContain("area: { b: 77 }");
});

test("an example passes a Blob for each file of a form, wherever it is", () => {
  const file = { type: "string", format: "binary" };
  const schema = {
    type: "object",
    required: ["files", "cover"],
    properties: { files: { type: "array", items: file }, cover: file },
  };
  const requestBody = { required: true, content: { "multipart/form-data": { schema } } };
  const document = { paths: { "/v1/files": { post: { requestBody, responses: {} } } } };
  const [operation] = operationsOf(document);
  if (!operation) throw new Error("the document has an operation");
  const call = exampleExpression(document, { group: "files", name: "create", operation });
  expect(call.replaceAll(/\s+/g, " ")).toBe(
    'pikzels.files.create({ files: [new Blob(["…"])], cover: new Blob(["…"]), })',
  );
});

const DOCUMENT = {
  openapi: "3.1.0",
  paths: {
    "/v1/orders": {
      post: {
        requestBody: {
          content: {
            "application/json": {
              schema: {
                required: ["name", "lang"],
                properties: { name: { type: "string" }, lang: { enum: ["de", "en"] } },
                allOf: [{ required: ["tags"], properties: { tags: { type: "array" } } }],
              },
              example: { name: "A" },
            },
          },
        },
        responses: {},
      },
    },
  },
};
