import { expect, test } from "vitest";
import { bodyType, responseType } from "../../scripts/generate/client/operation-types.js";
import type { Operation } from "../../scripts/generate/index.js";
import { operationsOf } from "../../src/openapi/operations.js";

const order = { content: { "application/json": { schema: { type: "object" } } } };

/** The types of an operation's body and response, as code. */
function typesOf(requestBody: object, response: object) {
  const document = {
    components: { requestBodies: { Order: order }, responses: { "404": order } },
    paths: { "/orders": { post: { requestBody, responses: { "200": response } } } },
  };
  const [operation] = operationsOf(document).map((one): Operation => ({ ...one, id: "create" }));
  if (!operation) throw new Error("the document has an operation");
  return [bodyType(document, operation)?.type, responseType(document, operation).type];
}

test("the types of a body and a response are parts of their operation", () => {
  expect(typesOf({ required: true, ...order }, order)).toEqual([
    'operations["create"]["requestBody"]["content"]["application/json"]',
    'operations["create"]["responses"][200]["content"]["application/json"]',
  ]);
});

test("the types of a body and a response behind references are parts of their components", () => {
  const types = typesOf(
    { $ref: "#/components/requestBodies/Order" },
    { $ref: "#/components/responses/404" },
  );
  expect(types).toEqual([
    'components["requestBodies"]["Order"]["content"]["application/json"]',
    'components["responses"][404]["content"]["application/json"]',
  ]);
});
