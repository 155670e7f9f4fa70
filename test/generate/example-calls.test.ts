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
