import { describe, expect, test } from "vitest";
import { operationsOf } from "../../src/openapi/operations.js";
import { basePathOf, baseUrlOf, serversOf } from "../../src/openapi/servers.js";

const variables = {
  region: { default: "eu" },
  version: { default: 2 },
  tenant: { description: "without a default, which OpenAPI does not allow" },
};

describe("the first server of a document", () => {
  test.each<[server: unknown, baseUrl: string | undefined, basePath: string]>([
    ["https://api.example.com", "https://api.example.com", ""],
    ["https://api.example.com/base/", "https://api.example.com/base", "/base"],
    ["https://api.example.com//", "https://api.example.com", ""],
    ["http://localhost:3000/api", "http://localhost:3000/api", "/api"],
    ["https://{region}.example.com/v{version}", "https://eu.example.com/v2", "/v2"],
    ["https://example.com/{tenant}", undefined, "/%7Btenant%7D"],
    // Relative to wherever the document is published.
    ["/v2/", undefined, "/v2"],
    ["v2", undefined, "/v2"],
    ["/", undefined, ""],
    ["", undefined, ""],
    ["//api.example.com/v2", undefined, "/v2"],
    ["ws://api.example.com/v2", undefined, "/v2"],
    ["https://{tenant}.example.com/v2", undefined, "/v2"],
    ["https://[broken/v2", undefined, ""],
    [7, undefined, ""],
  ])("at %s gives the address %s and the path %s", (url, baseUrl, basePath) => {
    const document = { servers: [{ url, variables }, { url: "https://other.example.com/other" }] };
    expect(baseUrlOf(document)).toBe(baseUrl);
    expect(basePathOf(document)).toBe(basePath);
  });

  test.each([
    [{}],
    [{ servers: [] }],
    [{ servers: ["https://api.example.com"] }],
    [{ servers: {} }],
  ])("is missing in %j", (document) => {
    expect(baseUrlOf(document)).toBeUndefined();
    expect(basePathOf(document)).toBe("");
  });
});

test("the servers of an operation are its own, or else its path item's, or else the document's", () => {
  const [own, ofItem, ofDocument] = ["own", "item", "document"].map((name) => [
    { url: `https://${name}.example.com` },
  ]);
  const servers = (document: object) =>
    operationsOf({ ...document }).map((operation) => serversOf({ ...document }, operation));
  const paths = {
    "/a": { servers: ofItem, get: { servers: own }, post: {} },
    "/b": { get: {}, post: { servers: [] } },
  };
  expect(servers({ servers: ofDocument, paths })).toEqual([own, ofItem, ofDocument, ofDocument]);
  expect(servers({ paths: { "/b": { get: {} } } })).toEqual([[{ url: "/" }]]);
});
