import fc from "fast-check";
import { expect, test } from "vitest";
import { fromPointer, toPointer, valueAt } from "../../src/openapi/pointer.js";

test("reads back what it wrote, for any keys", () => {
  const keys = fc.array(fc.string({ unit: fc.constantFrom("~", "/", "0", "1", "%", "a", "{") }));
  fc.assert(
    fc.property(keys, (path) => {
      expect(fromPointer(toPointer(path))).toEqual(path);
    }),
  );
});

test("writes an API path as one key", () => {
  expect(toPointer(["paths", "/v2/{id}", "get", "parameters", 0])).toBe(
    "/paths/~1v2~1{id}/get/parameters/0",
  );
});

test("reads the percent-encoding of a URI fragment, and only there", () => {
  expect(fromPointer("#/paths/~1v2~1%7Bid%7D")).toEqual(["paths", "/v2/{id}"]);
  expect(fromPointer("/100%25")).toEqual(["100%25"]);
});

test("takes a stray percent sign in a URI fragment as it stands", () => {
  expect(fromPointer("#/100%")).toEqual(["100%"]);
});

test("finds the value a pointer names", () => {
  const document = { "a/b": [{ "~": 1 }], "": null };
  expect(valueAt(document, "")).toBe(document);
  expect(valueAt(document, "#")).toBe(document);
  expect(valueAt(document, "/a~1b/0/~0")).toBe(1);
  expect(valueAt(document, "/")).toBeNull();
});

test.each(["/missing", "/list/1", "/list/length", "/list/-", "/text/0", "/toString", "/null/x"])(
  "finds nothing at %s",
  (pointer) => {
    expect(valueAt({ list: ["a"], text: "b", null: null }, pointer)).toBeUndefined();
  },
);
