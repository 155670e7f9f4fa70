import fc from "fast-check";
import { expect, test } from "vitest";
import { fromPointer, toPointer, valueAt } from "../../src/openapi/pointer.js";

test("a pointer reads back what was written, for any keys", () => {
  const keys = fc.array(fc.string({ unit: fc.constantFrom("~", "/", "0", "1", "%", "a", "{") }));
  fc.assert(
    fc.property(keys, (path) => {
      expect(fromPointer(toPointer(path))).toEqual(path);
    }),
  );
});

test("a pointer writes an API path as one key", () => {
  expect(toPointer(["paths", "/v2/{id}", "get", "parameters", 0])).toBe(
    "/paths/~1v2~1{id}/get/parameters/0",
  );
});

test("a pointer decodes percent-encoding in a URI fragment, and only there", () => {
  expect(fromPointer("#/paths/~1v2~1%7Bid%7D")).toEqual(["paths", "/v2/{id}"]);
  expect(fromPointer("/100%25")).toEqual(["100%25"]);
});

test("a pointer keeps a stray percent sign in a URI fragment", () => {
  expect(fromPointer("#/100%")).toEqual(["100%"]);
});

test("a pointer finds the value it names", () => {
  const document = { "a/b": [{ "~": 1 }], "": null };
  expect(valueAt(document, "")).toBe(document);
  expect(valueAt(document, "#")).toBe(document);
  expect(valueAt(document, "/a~1b/0/~0")).toBe(1);
  expect(valueAt(document, "/")).toBeNull();
});

test.each(["/missing", "/list/1", "/list/length", "/list/-", "/text/0", "/toString", "/null/x"])(
  "a pointer finds nothing at %s",
  (pointer) => {
    expect(valueAt({ list: ["a"], text: "b", null: null }, pointer)).toBeUndefined();
  },
);
