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
