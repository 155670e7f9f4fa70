import { describe, expect, test, vi } from "vitest";
import { sampleSchema } from "../../src/emulator/document/sample.js";
import { validatorOf } from "../../src/emulator/document/validator.js";

const pointer = "/components/schemas/Sample";

function validatorFor(schema: object) {
  const components = { schemas: { Sample: schema } };
  return validatorOf({ openapi: "3.1.0", info: {}, paths: {}, components });
}

const accepts = (schema: object, value: unknown) =>
  validatorFor(schema).isValid("request", pointer, value);

describe("a pattern", () => {
  test("that is valid only without Unicode mode is enforced", () => {
    expect(accepts({ pattern: "^a\\-b$" }, "a-b")).toBe(true);
    expect(accepts({ pattern: "^a\\-b$" }, "ab")).toBe(false);
  });

  test("in Unicode mode counts a character beyond 16 bits as one", () => {
    expect(accepts({ pattern: "^.$" }, "😀")).toBe(true);
  });

  test("that is not valid at all is not enforced", () => {
    expect(accepts({ type: "string", pattern: "(" }, "anything")).toBe(true);
    expect(accepts({ type: "string", pattern: "(" }, 1)).toBe(false);
  });
});

test("a property's name matches patterns as texts do", () => {
  const schema = { patternProperties: { "^\\p{L}$": false, "(": true, "^a\\-b$": false } };
  expect([{ ä: 1 }, { "a-b": 1 }, { p: 1 }, { 1: 1 }].map((one) => accepts(schema, one))).toEqual([
    false,
    false,
    false,
    true,
  ]);
});

test("a schema that cannot be compiled allows everything, and a warning names its place", () => {
  const warn = vi.spyOn(process, "emitWarning").mockReturnValue();
  const validator = validatorFor({ type: "nonsense" });

  expect(validator.isValid("request", pointer, 1)).toBe(true);
  expect(validator.isValid("request", pointer, "again")).toBe(true);

  // It is compiled once.
  expect(warn).toHaveBeenCalledExactlyOnceWith(
    expect.stringMatching(
      /^The schema at \/components\/schemas\/Sample cannot be compiled \(.+\), so it is not enforced\.$/,
    ),
    "PikzelsEmulatorWarning",
  );
});

describe("a reference inside of a schema with an $id", () => {
  const components = {
    schemas: {
      Sample: {
        $id: "https://example.com/schemas/sample",
        type: "object",
        required: ["a", "b", "c"],
        properties: {
          a: { $ref: "#/$defs/Number" },
          b: { $ref: "#text" },
          c: { $ref: "other" },
          missing: { $ref: "#/components/schemas/Other" },
        },
        $defs: { Number: { type: "integer" }, Text: { $anchor: "text", type: "string" } },
      },
      Other: { $id: "https://example.com/schemas/other", type: "boolean" },
    },
  };
  const document = { openapi: "3.1.0", info: {}, paths: {}, components };

  test.each([
    [{ a: 1, b: "x", c: true, missing: null }, true],
    [{ a: "1", b: "x", c: true }, false],
    [{ a: 1, b: 2, c: true }, false],
    [{ a: 1, b: "x", c: "true" }, false],
  ])("is enforced: %j is valid: %j", (value, isValid) => {
    expect(validatorOf(document).isValid("request", pointer, value)).toBe(isValid);
  });

  test("is followed by samples", () => {
    const sample = sampleSchema(document, pointer, { seed: "a" });
    expect(sample).toMatchObject({ b: "sample", c: true });
    expect(validatorOf(document).isValid("response", pointer, sample)).toBe(true);
  });
});

test.each([
  ["leads nowhere", { $ref: "#/components/schemas/Missing" }],
  ["leads out of the document", { $ref: "other.yaml" }],
  ["leads in a circle", { $ref: "#/components/schemas/Sample" }],
])("a reference that %s allows everything", (_where, schema) => {
  expect(accepts(schema, { anything: 1 })).toBe(true);
  expect(accepts({ properties: { a: schema } }, { a: 1 })).toBe(true);
});

test.each([
  ["properties", { properties: null }],
  ["a property", { properties: { a: "integer" } }],
  ["items", { items: 7 }],
  ["allOf", { allOf: {} }],
  ["required names", { required: "a", properties: { a: { readOnly: true } } }],
])("%s of a form that JSON Schema does not have are ignored", (_what, schema) => {
  expect(accepts({ type: "object", ...schema }, {})).toBe(true);
  expect(accepts({ type: "object", ...schema }, 7)).toBe(false);
});

test.each([
  [{ minimum: 3, exclusiveMinimum: true }, 3, false],
  [{ minimum: 3, exclusiveMinimum: false }, 3, true],
  [{ maximum: 3, exclusiveMaximum: true }, 3, false],
  [{ maximum: 3, exclusiveMaximum: false }, 3, true],
  [{ exclusiveMaximum: true }, 3, true],
])("the bounds %j of OpenAPI 3.0 allow %d: %j", (schema, value, isAllowed) => {
  const document = { openapi: "3.0.3", components: { schemas: { Sample: schema } } };
  expect(validatorOf(document).isValid("request", pointer, value)).toBe(isAllowed);
});
