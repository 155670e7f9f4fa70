import { describe, expect, test } from "vitest";
import { checkFragment } from "../../scripts/pull/check-fragment.js";
import { fragment } from "./fragment-page.js";

function check(document: unknown, { closed = true, path = "/a" } = {}) {
  const text = typeof document === "string" ? document : JSON.stringify(document, null, 1);
  return checkFragment({
    announced: { kind: "operation", method: "GET", path },
    closed,
    source: { file: "page.md", text, lineOffset: 4 },
  });
}

test("checking a fragment accepts a document with just the announced operation, and names its file", () => {
  const document = fragment("GET", "/a");
  expect(check(document)).toEqual({ document, fileName: "get_a.yaml" });
});

test("checking a fragment accepts any patch version of 3.0, and the other fields of a path item", () => {
  const operation = { responses: {} };
  const item = { get: operation, parameters: [], summary: "A", servers: [], "x-get": operation };
  expect(() =>
    check(fragment("GET", "/a", { openapi: "3.0.4", paths: { "/a": item } })),
  ).not.toThrow();
});

describe("checking a fragment refuses, with the position on the page,", () => {
  const operation = { responses: {} };
  test.each([
    ["text", "just text", /5:1: .*not an OpenAPI document/],
    ["a list", "- a\n", /5:1: .*not an OpenAPI document/],
    [
      "a different version",
      fragment("GET", "/a", { openapi: "3.3.0" }),
      /6:2: .*"3\.3\.0".*OpenAPI 3\.0, 3\.1 and 3\.2 can be read/,
    ],
    ["a version that is a number", "openapi: 3.0\n", /5:1: .*OpenAPI 3\.0/],
    ["no version", "info: {}\n", /5:1: .*not an OpenAPI 3 document/],
    ["no info", fragment("GET", "/a", { info: undefined }), /5:1: info /],
    ["no paths", fragment("GET", "/a", { paths: [] }), /11:2: paths /],
    ["no operation", fragment("GET", "/a", { paths: { "/a": {} } }), /has no operation/],
    [
      "another method",
      fragment("PUT", "/a"),
      /13:4: is about PUT \/a, but its page announces GET \/a/,
    ],
    [
      "another path",
      fragment("GET", "/b"),
      /13:4: is about GET \/b, but its page announces GET \/a/,
    ],
    [
      "a second method",
      fragment("GET", "/a", { paths: { "/a": { get: operation, put: operation } } }),
      /has 2 operations \(GET \/a, PUT \/a\)/,
    ],
    [
      "a second path",
      fragment("GET", "/a", { paths: { "/a": { get: operation }, "/b": { get: operation } } }),
      /has 2 operations \(GET \/a, GET \/b\)/,
    ],
    [
      "an operation without responses",
      fragment("GET", "/a", { paths: { "/a": { get: {} } } }),
      /13:4: GET \/a has no responses/,
    ],
    [
      "a reference to another file",
      fragment("GET", "/a", { components: { schemas: { A: { $ref: "a.yaml" } } } }),
      /\$ref leads out/,
    ],
  ])("%s", (_name, document, message) => {
    expect(() => check(document)).toThrow(message);
    expect(() => check(document)).toThrow(/^page\.md:\d+:\d+: [^\n]+$/);
  });

  test("a block cut off by the end of the page, even if the rest of it parses", () => {
    expect(() => check(fragment("GET", "/a"), { closed: false })).toThrow(
      "page.md:4:1: the block never ends; the page is cut off",
    );
  });
});
