import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { mergeSchemas } from "../../src/emulator/document/merge-schemas.js";

const ajv = new Ajv2020({ strict: false, validateSchema: false, logger: false });
const small = fc.integer({ min: 0, max: 4 });
const maybe = { requiredKeys: [] };

/** Schemas with the keywords that are merged, over values as small as those below. */
const { schema, list, object } = fc.letrec<
  Record<"schema" | "list" | "object", Record<string, unknown>>
>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 2 },
    fc.record(
      {
        // They always share one type: a schema that contradicts itself has no sample.
        type: fc.constantFrom("number", ["string", "integer"], ["number", "null"]),
        enum: fc
          .uniqueArray(fc.constantFrom("a", "ab", "ba", 1, null))
          .map((values) => [...values, 2]),
        pattern: fc.constantFrom("a", "^a", "b$"),
        minLength: small,
        maxLength: small,
        minimum: small,
        maximum: small,
        exclusiveMinimum: small,
        exclusiveMaximum: small,
      },
      maybe,
    ),
    tie("list"),
    tie("object"),
  ),
  list: fc.record(
    {
      items: fc.oneof(fc.boolean(), tie("schema")),
      minItems: small,
      maxItems: small,
      uniqueItems: fc.boolean(),
    },
    maybe,
  ),
  object: fc.record(
    {
      properties: fc.dictionary(fc.constantFrom("a", "b"), fc.oneof(fc.boolean(), tie("schema"))),
      required: fc.uniqueArray(fc.constantFrom("a", "b")),
      propertyNames: fc.oneof(fc.boolean(), tie("schema")),
      minProperties: small,
      maxProperties: small,
      // One name only, so that both sources often have it.
      patternProperties: fc.record({ "^a": tie("schema") }),
      dependentRequired: fc.record({ a: fc.subarray(["b", "c"], { minLength: 1 }) }),
      dependentSchemas: fc.record({ a: tie("schema") }),
    },
    maybe,
  ),
}));
const pair = fc.oneof(fc.tuple(schema, schema), fc.tuple(list, list), fc.tuple(object, object));

const scalar = fc.constantFrom("", "a", "ab", "ba", "aba", 0, 1, 2, 3, null);
const value = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  fc.dictionary(fc.constantFrom("a", "b", "c"), scalar),
);

test("a merged schema allows a value exactly if both of its sources do", () => {
  fc.assert(
    fc.property(pair, fc.array(value, { maxLength: 20 }), ([left, right], samples) => {
      const [ofMerged, ofLeft, ofRight] = [mergeSchemas(left, right), left, right].map((one) =>
        ajv.compile(one),
      );
      for (const sample of samples) {
        const isAllowedByBoth = ofLeft?.(sample) === true && ofRight?.(sample) === true;
        expect([sample, ofMerged?.(sample)]).toEqual([sample, isAllowedByBoth]);
      }
    }),
    { numRuns: 120 },
  );
});

test("a merged schema requires of a property what either of its sources does", () => {
  const [left, right] = ["b", "c"].map((name) => ({ dependentRequired: { a: [name] } }));
  expect(mergeSchemas(left ?? {}, right ?? {})).toEqual({ dependentRequired: { a: ["b", "c"] } });
});

test("a merged schema about what a list contains allows at most what both of its sources do", () => {
  const item = fc.record({ minLength: small, maximum: small }, maybe);
  const containing = fc.record(
    { contains: item, minContains: fc.nat(2), minItems: small },
    { requiredKeys: ["contains"] },
  );
  const values = fc.array(fc.array(scalar, { maxLength: 4 }), { maxLength: 20 });
  fc.assert(
    fc.property(containing, containing, values, (left, right, samples) => {
      const [ofMerged, ...ofSources] = [mergeSchemas(left, right), left, right].map((one) =>
        ajv.compile(one),
      );
      for (const sample of samples.filter((one) => ofMerged?.(one)))
        expect([sample, ofSources.map((isValid) => isValid(sample))]).toEqual([
          sample,
          [true, true],
        ]);
    }),
    { numRuns: 120 },
  );
});
