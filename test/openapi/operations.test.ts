import { expect, test } from "vitest";
import { operationsOf } from "../../src/openapi/operations.js";

test("operations are listed with everything that applies to them, even behind a path item's $ref", () => {
  const limit = { name: "limit", in: "query", schema: { type: "integer" } };
  const ownLimit = { ...limit, required: true };
  const document = {
    security: [{ key: [] }],
    paths: {
      "/a": { $ref: "#/components/pathItems/A" },
      "/b": { options: { operationId: "", security: [] } },
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
