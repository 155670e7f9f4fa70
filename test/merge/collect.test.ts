import { expect, test } from "vitest";
import { mergeFragments } from "../../scripts/merge/merge-fragments.js";
import { fragment, source } from "./support.js";

test("methods of one path are collected under it, in OpenAPI's order", () => {
  const { document } = mergeFragments([
    fragment("a.json", { method: "delete", path: "/things/{id}" }),
    fragment("b.json", { method: "get", path: "/things/{id}" }),
    fragment("c.json", { method: "post", path: "/things" }),
  ]);

  expect(shape(document["paths"])).toEqual([
    ["/things", ["post"]],
    ["/things/{id}", ["get", "delete"]],
  ]);
});

test("components are collected, including those that no operation uses", () => {
  const { document, warnings } = mergeFragments([
    fragment("a.json", {
      components: { schemas: { Shared: { type: "string" }, A: { type: "number" } } },
    }),
    fragment("b.json", {
      path: "/b",
      components: {
        schemas: { Shared: { type: "string" }, B: {} },
        securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Key" } },
      },
    }),
  ]);

  expect(shape(document["components"])).toEqual([
    ["securitySchemes", ["key"]],
    ["schemas", ["A", "B", "Shared"]],
  ]);
  expect(warnings).toEqual([]);
});

test("the order of keys never matters, and neither does that of required and enum", () => {
  const schema = { type: "object", required: ["a", "b"], properties: { a: { enum: [1, 2] } } };
  const turned = { properties: { a: { enum: [2, 1] } }, required: ["b", "a"], type: "object" };
  const { document, warnings } = mergeFragments([
    fragment("a.json", { components: { schemas: { S: schema } } }),
    fragment("b.json", { path: "/b", components: { schemas: { S: turned } } }),
  ]);

  expect(document["components"]).toEqual({ schemas: { S: schema } });
  expect(warnings).toEqual([]);
});

test("tags and root extensions are collected, with tags sorted by name", () => {
  const { document } = mergeFragments([
    fragment("a.json", { root: { tags: [{ name: "zebra" }], "x-b": 1 } }),
    fragment("b.json", { path: "/b", root: { tags: [{ name: "ant" }, { name: "zebra" }] } }),
    fragment("c.json", { path: "/c", root: { "x-a": { deep: [1] }, externalDocs: { url: "u" } } }),
  ]);

  expect(document["tags"]).toEqual([{ name: "ant" }, { name: "zebra" }]);
  expect(Object.keys(document)).toEqual([
    "openapi",
    "info",
    "externalDocs",
    "tags",
    "paths",
    "x-a",
    "x-b",
  ]);
});

test("names that JavaScript objects inherit are ordinary names", () => {
  const schemas = '{"__proto__": {"type": "string"}, "constructor": {"type": "object"}}';
  const text = fragment("a.json", { components: { schemas: "SCHEMAS" } }).text;
  const other = fragment("b.json", { path: "/b", components: { schemas: { toString: {} } } });
  const { document } = mergeFragments([
    source("a.json", text.replace('"SCHEMAS"', schemas)),
    other,
  ]);

  expect(JSON.stringify(document["components"])).toBe(
    '{"schemas":{"__proto__":{"type":"string"},"constructor":{"type":"object"},"toString":{}}}',
  );
});

test("JSON and YAML fragments merge with each other", () => {
  const yaml = `
openapi: 3.0.3
info: { version: "1", title: Test API }
paths:
  /yaml:
    get: { responses: { 200: { description: fine } } }
components: { schemas: { S: { type: string, minLength: 1 } } }
`;
  const { document } = mergeFragments([
    source("b.yaml", yaml),
    fragment("a.json", { components: { schemas: { S: { minLength: 1, type: "string" } } } }),
  ]);

  expect(shape(document["paths"])).toEqual([
    ["/a", ["get"]],
    ["/yaml", ["get"]],
  ]);
});

test("fields that a path item shares among its operations stay in the path item", () => {
  const pathFields = { summary: "Things", parameters: [{ in: "query", name: "q", schema: {} }] };
  const { document } = mergeFragments([
    fragment("a.json", { method: "post", pathFields }),
    fragment("b.json", { method: "get", pathFields }),
  ]);

  expect(shape(document["paths"])).toEqual([["/a", ["summary", "parameters", "get", "post"]]]);
});

test("an alias for something small is expanded", () => {
  const yaml = `
openapi: 3.0.3
info: { version: "1", title: T }
paths:
  /a:
    get: { responses: { 200: &fine { description: fine }, 201: *fine } }
`;
  const { document } = mergeFragments([source("a.yaml", yaml)]);

  expect(document["paths"]).toEqual({
    "/a": { get: { responses: { 200: { description: "fine" }, 201: { description: "fine" } } } },
  });
});

/** The keys of the two upper levels of an object, in order. */
function shape(value: unknown) {
  return Object.entries(value as object).map(([key, inner]) => [key, Object.keys(inner as object)]);
}
