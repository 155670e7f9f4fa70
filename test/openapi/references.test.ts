import { expect, test } from "vitest";
import { dereference, followReferences } from "../../src/openapi/references.js";

const at = (value: unknown) => ({ value, pointer: "/from" });

test("a reference is decoded once, so that a percent sign in a name stays", () => {
  const document = { components: { "a%41": { found: true } } };
  expect(dereference(document, { $ref: "#/components/a%2541" })).toEqual({ found: true });
});

test("a stray percent sign in a reference is kept", () => {
  const document = { components: { "100%": { found: true } } };
  expect(dereference(document, { $ref: "#/components/100%" })).toEqual({ found: true });
});

test("a chain of thousands of references is followed to its end", () => {
  const steps = Object.fromEntries(
    Array.from({ length: 5000 }, (_, index) => [`s${index}`, { $ref: `#/s${index + 1}` }]),
  );
  const document = { ...steps, s5000: { end: true } };
  expect(followReferences(document, at({ $ref: "#/s0" }))).toEqual({
    value: { end: true },
    pointer: "/s5000",
  });
});

test.each([
  ["in a circle", { a: { $ref: "#/b" }, b: { $ref: "#/a" } }, "#/a"],
  ["to itself", { a: { $ref: "#/a" } }, "#/a"],
  ["nowhere", {}, "#/a"],
  ["out of the document", {}, "other.yaml#/a"],
  ["to a member that every object inherits", {}, "#/constructor"],
])("a reference that leads %s has no target", (_where, document, $ref) => {
  expect(followReferences(document, at({ $ref }))).toBeUndefined();
  expect(dereference(document, { $ref })).toEqual({});
});

test("a $ref that is not a text is a member like any other", () => {
  const value = { $ref: { type: "string" } };
  expect(dereference({}, value)).toBe(value);
});

test("a reference that is not a part of the document is read from its root, whatever $id it has", () => {
  const inner = { type: "string" };
  const schemas = { A: { $id: "https://example.com/a", $defs: { Inner: inner } } };
  const document = { openapi: "3.1.0", components: { schemas } };
  expect(dereference(document, { $ref: "#/components/schemas/A/$defs/Inner" })).toBe(inner);
  expect(dereference(document, { $ref: "#/$defs/Inner" })).toEqual({});
});
