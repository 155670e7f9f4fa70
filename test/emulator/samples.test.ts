import { registerSchema, unregisterSchema, validate } from "@hyperjump/json-schema/draft-2020-12";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sampleSchema } from "../../src/emulator/document/sample.js";

type JsonValue = string | number | boolean | null | JsonValue[] | { [name: string]: JsonValue };

/** A schema of JSON Schema 2020-12, as a response of an OpenAPI 3.1 document. */
type Schema = boolean | Record<string, unknown>;

function documentWith(schema: Schema, openapi = "3.1.0") {
  return {
    openapi,
    info: { title: "Invented", version: "1" },
    paths: {},
    components: {
      schemas: { Sample: schema, Name: { type: "string", minLength: 3 }, ...recursive },
    },
  };
}

const recursive = {
  Tree: {
    type: "object",
    required: ["name", "children"],
    properties: {
      name: { type: "string" },
      children: { type: "array", items: { $ref: "#/components/schemas/Tree" } },
    },
  },
};

const pointer = "/components/schemas/Sample";
let registered = 0;

/** Checked with a different validator from the one that the sampler uses. */
async function isValidSample(schema: Schema, seed: string): Promise<[boolean, unknown]> {
  const document = documentWith(schema);
  const sample = sampleSchema(document, pointer, { seed });
  const id = `https://example.com/samples/${++registered}`;
  registerSchema(
    { $ref: `#${pointer}`, components: document.components, $id: id } as Parameters<
      typeof registerSchema
    >[0],
    id,
    "https://json-schema.org/draft/2020-12/schema",
  );
  try {
    const { valid } = await validate(id, sample as JsonValue);
    return [valid, sample];
  } finally {
    unregisterSchema(id);
  }
}

describe("a sample is valid against its schema", () => {
  test.each<[string, Schema]>([
    ["const", { const: { a: [1, "b", null] } }],
    ["const null beside a type", { type: ["string", "null"], const: null }],
    ["enum", { type: "string", enum: ["new", "old"] }],
    ["pattern", { type: "string", pattern: "^[A-Z]{3}-\\d{4}$" }],
    ["pattern with a lookahead", { type: "string", pattern: "^(?!.*[Hh][Tt][Tt][Pp]).+$" }],
    [
      "pattern with length limits",
      { type: "string", pattern: "^[a-z]+$", minLength: 20, maxLength: 30 },
    ],
    ["pattern without an end, and a length", { type: "string", pattern: "^x", minLength: 9 }],
    ["pattern without a start, and a length", { type: "string", pattern: "x$", minLength: 9 }],
    ["pattern with alternatives", { type: "string", pattern: "^(?:cat|dog)s?$", minLength: 4 }],
    ["pattern of a data URL", { type: "string", pattern: "^data:image/[a-zA-Z0-9.+-]+;base64," }],
    ["pattern with Unicode", { type: "string", pattern: "^\\p{Lu}\\p{Ll}+$" }],
    ["two patterns", { allOf: [{ type: "string", pattern: "^a" }, { pattern: "z$" }] }],
    ...[
      "date-time",
      "date",
      "time",
      "duration",
      "email",
      "hostname",
      "ipv4",
      "ipv6",
      "uri",
      "uuid",
      "json-pointer",
    ].map((format): [string, Schema] => [`format ${format}`, { type: "string", format }]),
    ["minLength", { type: "string", minLength: 40 }],
    ["maxLength", { type: "string", maxLength: 3 }],
    ["an exclusive range", { type: "number", exclusiveMinimum: 1, exclusiveMaximum: 2 }],
    ["a negative maximum", { type: "integer", maximum: -5 }],
    ["multipleOf", { type: "integer", minimum: 10, multipleOf: 7 }],
    ["multipleOf a fraction", { type: "number", minimum: 0.2, maximum: 0.7, multipleOf: 0.1 }],
    ["minItems", { type: "array", minItems: 4, items: { type: "boolean" } }],
    ["maxItems 0", { type: "array", maxItems: 0, items: { type: "string" } }],
    [
      "uniqueItems",
      { type: "array", minItems: 3, uniqueItems: true, items: { enum: ["a", "b", "c"] } },
    ],
    [
      "unique strings",
      { type: "array", minItems: 3, uniqueItems: true, items: { type: "string" } },
    ],
    [
      "unique numbers",
      { type: "array", minItems: 5, uniqueItems: true, items: { type: "integer" } },
    ],
    [
      "unique UUIDs",
      { type: "array", minItems: 3, uniqueItems: true, items: { type: "string", format: "uuid" } },
    ],
    [
      "prefixItems",
      { type: "array", prefixItems: [{ const: "a" }, { type: "integer" }], items: false },
    ],
    ["contains without minContains", { type: "array", contains: { const: 7 } }],
    ["minContains 0", { type: "array", contains: { const: 7 }, minContains: 0, maxItems: 0 }],
    [
      "unique truth values",
      { type: "array", minItems: 2, uniqueItems: true, items: { type: "boolean" } },
    ],
    [
      "unique values of a list with fewer",
      { type: "array", maxItems: 5, uniqueItems: true, items: { enum: ["a", "b"] } },
    ],
    ["items that may be anything", { type: "array", minItems: 2, uniqueItems: true, items: true }],
    ["items that are impossible", { type: "array", items: { allOf: [false] } }],
    ["contains", { type: "array", contains: { const: 7 }, minContains: 2, minItems: 4 }],
    [
      "additionalProperties",
      { type: "object", minProperties: 2, additionalProperties: { type: "integer" } },
    ],
    [
      "patternProperties",
      {
        type: "object",
        minProperties: 1,
        patternProperties: { "^x-[a-z]+$": { type: "string" } },
        additionalProperties: false,
      },
    ],
    [
      "several patternProperties",
      {
        type: "object",
        minProperties: 2,
        patternProperties: { "^a$": { type: "string" }, "^b$": { type: "integer" } },
        additionalProperties: false,
      },
    ],
    [
      "patternProperties with a Unicode property",
      {
        type: "object",
        required: ["\u00e4"],
        patternProperties: { "^\\p{L}$": { type: "integer" } },
        additionalProperties: false,
      },
    ],
    [
      "propertyNames from a list",
      { type: "object", minProperties: 3, propertyNames: { enum: ["a", "b", "c"] } },
    ],
    [
      "propertyNames of any form",
      { type: "object", minProperties: 3, propertyNames: { minLength: 3 } },
    ],
    ["propertyNames", { type: "object", minProperties: 1, propertyNames: { pattern: "^[a-f]+$" } }],
    ["required without a property", { type: "object", required: ["a", "b"] }],
    [
      "dependentRequired",
      {
        type: "object",
        properties: { a: { type: "string" }, b: { type: "string" } },
        required: ["a"],
        dependentRequired: { a: ["b", "c"] },
      },
    ],
    [
      "dependentSchemas",
      {
        type: "object",
        properties: { a: { type: "string" } },
        dependentSchemas: { a: { required: ["b"] } },
      },
    ],
    [
      "unevaluatedProperties",
      {
        allOf: [{ type: "object", properties: { a: { type: "string" } } }],
        properties: { b: { type: "string" } },
        unevaluatedProperties: false,
      },
    ],
    [
      "oneOf of objects",
      {
        oneOf: [
          {
            type: "object",
            required: ["a"],
            properties: { a: { const: 1 } },
            additionalProperties: false,
          },
          { type: "object", required: ["b"] },
        ],
      },
    ],
    [
      "oneOf whose first branch overlaps",
      { oneOf: [{ type: "number" }, { type: "integer" }, { type: "string" }] },
    ],
    [
      "oneOf of presence",
      {
        type: "object",
        properties: { a: { type: "string" }, b: { type: "string" } },
        oneOf: [
          { required: ["a"], not: { required: ["b"] } },
          { required: ["b"], not: { required: ["a"] } },
        ],
      },
    ],
    ["anyOf with an impossible branch", { anyOf: [false, { type: "string" }] }],
    [
      "if and then",
      {
        type: "object",
        required: ["kind"],
        properties: { kind: { enum: ["a", "b"] } },
        if: { properties: { kind: { const: "a" } } },
        then: { required: ["x"] },
        else: { required: ["y"] },
      },
    ],
    ["if without then", { type: "string", if: { maxLength: 3 }, else: { pattern: "^x" } }],
    ["if with an impossible then", { type: "integer", if: { minimum: 10 }, then: false }],
    ["if without else", { type: "string", if: { minLength: 3 }, then: { pattern: "^x" } }],
    [
      "alternatives that depend on each other",
      {
        type: "object",
        required: ["a", "b"],
        oneOf: [
          { properties: { a: { const: 1 }, b: { const: 2 } } },
          { properties: { a: { const: 2 }, b: { const: 3 } } },
          { properties: { a: { const: 3 }, b: { const: 1 } } },
        ],
        anyOf: [1, 2, 3].map((value) => ({ properties: { b: { const: value } } })),
      },
    ],
    ["allOf with schemas that allow everything", { allOf: [true, { type: "integer" }, {}] }],
    ["if and else", { type: "integer", if: { minimum: 10 }, then: false, else: { maximum: 5 } }],
    ["not", { type: "string", not: { const: "sample" }, enum: ["sample", "other"] }],
    [
      "allOf that narrows",
      {
        allOf: [
          { type: "object", required: ["n"], properties: { n: { type: "integer", minimum: 3 } } },
          { properties: { n: { maximum: 4 } } },
        ],
      },
    ],
    ["allOf of a number and an integer", { allOf: [{ type: "integer" }, { type: "number" }] }],
    ["an example that is invalid", { type: "integer", minimum: 5, examples: [1] }],
    ["a default that is invalid", { type: "string", default: 7 }],
    ["a type list", { type: ["null", "array"], minItems: 1, items: { type: "string" } }],
    ["null", { type: "null" }],
    ["true", true],
    [
      "a reference",
      {
        type: "object",
        required: ["n"],
        properties: { n: { $ref: "#/components/schemas/Name", maxLength: 4 } },
      },
    ],
    ["recursion", { $ref: "#/components/schemas/Tree" }],
    [
      "an anchor",
      {
        $defs: { A: { $anchor: "a", type: "string", minLength: 9 } },
        $ref: "#/components/schemas/Sample/$defs/A",
      },
    ],
    ["an object without a type", { properties: { a: { type: "string" } }, required: ["a"] }],
  ])("%s", async (_, schema) => {
    const samples = await Promise.all(
      ["one", "two", "three"].map((seed) => isValidSample(schema, seed)),
    );
    for (const [valid, sample] of samples)
      expect(valid, `${JSON.stringify(sample)} is not valid`).toBe(true);
  });
});

const leaf = fc.oneof(
  fc.record({ type: fc.constant("string"), minLength: fc.nat(8) }),
  fc.record({ type: fc.constant("integer"), minimum: fc.integer({ min: -50, max: 50 }) }),
  fc.record({ type: fc.constant("number"), maximum: fc.integer({ min: -5, max: 5 }) }),
  fc.record({
    enum: fc.uniqueArray(fc.oneof(fc.string(), fc.integer(), fc.constant(null)), {
      minLength: 1,
      maxLength: 4,
    }),
  }),
  fc.record({ const: fc.jsonValue({ maxDepth: 1 }) }),
  fc.constantFrom(
    { type: "boolean" },
    { type: "null" },
    { type: ["string", "null"], maxLength: 4 },
  ),
);

const { schema: anySchema } = fc.letrec<{ schema: Record<string, unknown> }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf as fc.Arbitrary<Record<string, unknown>>,
    fc
      .tuple(
        fc.dictionary(fc.constantFrom("a", "b", "c"), tie("schema"), { noNullPrototype: true }),
        fc.subarray(["a", "b", "c"]),
        fc.boolean(),
      )
      .map(([properties, required, isClosed]) => ({
        type: "object",
        properties,
        required: isClosed ? required.filter((name) => name in properties) : required,
        ...(isClosed && { additionalProperties: false }),
      })),
    fc
      .tuple(tie("schema"), fc.nat(3))
      .map(([items, minItems]) => ({ type: "array", items, minItems })),
    fc.array(tie("schema"), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
  ),
}));

test("a sample is valid against any schema made of types, properties, items and alternatives", async () => {
  await fc.assert(
    fc.asyncProperty(anySchema, fc.string(), async (schema, seed) => {
      const [valid] = await isValidSample(schema, seed);
      expect(valid).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test.each<[string, Schema]>([
  ["allows nothing", false],
  [
    "asks for properties that it forbids",
    { type: "object", minProperties: 1, properties: { a: false }, additionalProperties: false },
  ],
  ["asks for an item that is impossible", { type: "array", minItems: 1, items: false }],
])("a schema that %s has a sample, though no valid one", (_what, schema) => {
  const sample = sampleSchema(documentWith(schema), pointer, { seed: "a" });
  expect([{}, []]).toContainEqual(sample);
});

test("a sample keeps a preferred value of as many characters as its schema allows", () => {
  const schema = { type: "object", properties: { name: { type: "string", maxLength: 3 } } };
  const prefer = (name: string) => (name === "name" ? "\u{1f600}\u{1f600}\u{1f600}" : undefined);
  const sample = sampleSchema(documentWith(schema), pointer, { seed: "a", prefer });
  expect(sample).toEqual({ name: "\u{1f600}\u{1f600}\u{1f600}" });
});

test.each([
  ["an object", { type: "object" }, { a: 1 }],
  ["a list", { type: "array" }, [1]],
  ["a constant", { const: "a" }, "a"],
])(
  "a sample keeps a preferred value that is %s if its schema wants one",
  (_what, schema, value) => {
    const document = documentWith({
      type: "object",
      properties: { a: schema, b: { type: "null" } },
    });
    const prefer = (name: string) => (name === "" ? undefined : value);
    const sample = sampleSchema(document, pointer, { seed: "a", prefer });
    expect(sample).toEqual({ a: value, b: null });
  },
);

describe("a sample of OpenAPI 3.0", () => {
  const sample = (schema: object) =>
    sampleSchema(documentWith(schema as Schema, "3.0.3"), pointer, { seed: "a" });

  test("uses the example, and honours nullable and boolean exclusive bounds", () => {
    expect(sample({ type: "string", example: "an example" })).toBe("an example");
    expect(sample({ type: "integer", minimum: 3, exclusiveMinimum: true })).toBe(4);
    expect(sample({ type: "string", nullable: true, enum: [null] })).toBeNull();
  });

  test("leaves out writeOnly fields and keeps readOnly fields", () => {
    const properties = {
      id: { type: "string", readOnly: true },
      password: { type: "string", writeOnly: true },
    };
    expect(sample({ type: "object", required: ["id", "password"], properties })).toEqual({
      id: "sample",
    });
  });
});

describe("a sample of a hostile document is made in bounded time:", () => {
  const levels = (count: number, level: (next: object) => object) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `L${index}`,
        level({ $ref: `#/components/schemas/L${index + 1}` }),
      ]),
    );
  const sampleFrom = (schemas: object) =>
    sampleSchema(
      { openapi: "3.1.0", components: { schemas: { ...schemas } } },
      "/components/schemas/L0",
      { seed: "a" },
    );

  test("allOf that doubles forty times", () => {
    const schemas = levels(40, (next) => ({ allOf: [next, next] }));
    expect(() => sampleFrom({ ...schemas, L40: { type: "string" } })).not.toThrow();
  });

  test("nested quantifiers in a pattern", () => {
    expect(() =>
      sampleFrom({ L0: { type: "string", pattern: "^(a+)+b(a+)+$", minLength: 40 } }),
    ).not.toThrow();
  });

  test("thousands of levels, refused with a message", () => {
    let schema: object = { type: "string" };
    for (let level = 0; level < 5000; level++) schema = { allOf: [schema] };
    expect(() => sampleFrom({ L0: schema })).toThrow("nested more than 400 levels deep");
  });
});
