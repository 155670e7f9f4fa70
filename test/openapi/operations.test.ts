import { expect, test } from "vitest";
import { operationsOf, parameterSchema } from "../../src/openapi/operations.js";

test("operations are listed with everything that applies to them, even behind a path item's $ref", () => {
  const limit = { name: "limit", in: "query", schema: { type: "integer" } };
  const ownLimit = { ...limit, required: true };
  const document = {
    security: [{ key: [] }],
    paths: {
      "/a": { $ref: "#/components/pathItems/A" },
      "/b": { options: { operationId: "", security: [] } },
      "/nothing": null,
      "/nowhere": { $ref: "#/components/pathItems/Missing" },
      "/text": { get: "none" },
    },
    components: {
      parameters: { Limit: limit },
      pathItems: {
        A: {
          parameters: [{ $ref: "#/components/parameters/Limit" }],
          post: { operationId: "create", parameters: [ownLimit] },
          get: {},
        },
      },
    },
  };
  expect(operationsOf(document)).toMatchObject([
    { method: "get", path: "/a", parameters: [limit], security: [{ key: [] }] },
    {
      method: "post",
      operationId: "create",
      pointer: "/components/pathItems/A/post",
      parameters: [ownLimit],
    },
    { method: "options", path: "/b", operationId: undefined, security: [] },
  ]);
});

test("a parameter with content has the schema of its JSON, and is a text in any other media type", () => {
  const schema = { type: "object" };
  expect(parameterSchema({ schema })).toBe(schema);
  expect(parameterSchema({ content: { "application/json": { schema } } })).toBe(schema);
  expect(parameterSchema({ content: { "text/csv": { schema } } })).toEqual({ type: "string" });
  expect(parameterSchema({ content: { "application/json": {} } })).toBe(undefined);
});
