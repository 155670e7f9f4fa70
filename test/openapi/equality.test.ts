import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  canonicalJson,
  holdSameValues,
  jsonEquals,
  valuesMissingFrom,
} from "../../src/openapi/equality.js";

/** Small, so that equal values come up often. */
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, true, 0, 1, "", "a", 10n),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "__proto__", "constructor"), tie("value"), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  ),
})).value;

/** The same value, with the keys of each object in reverse order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, inner]) => [key, turned(inner)]));
}

describe("two JSON values", () => {
  test("are equal whatever the order of their keys", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(jsonEquals(value, turned(value))).toBe(true);
        expect(canonicalJson(turned(value))).toBe(canonicalJson(value));
      }),
    );
  });

  test("are equal exactly if their canonical strings are", () => {
    fc.assert(
      fc.property(json, json, (left, right) => {
        expect(jsonEquals(left, right)).toBe(canonicalJson(left) === canonicalJson(right));
        expect(jsonEquals(left, right)).toBe(jsonEquals(right, left));
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    [[], {}],
    [null, {}],
    ["1", 1],
    [1n, 1],
    [[1], [1, 1]],
    [{ a: 1 }, { a: 1, b: 1 }],
    [{ toString: 1 }, {}],
  ])("differ: %o and %o", (left, right) => {
    expect(jsonEquals(left, right)).toBe(false);
    expect(jsonEquals(right, left)).toBe(false);
  });
});

describe("the values that another list lacks", () => {
  test("are the same for short lists and for long ones", () => {
    const lists = fc.tuple(fc.array(json, { maxLength: 6 }), fc.array(json, { maxLength: 6 }));
    // Long enough for the other comparison, and with values that no short list has.
    const more = Array.from({ length: 65 }, (_, index) => ({ more: index }));
    fc.assert(
      fc.property(lists, ([other, list]) => {
        const missing = valuesMissingFrom(other, list);
        expect(valuesMissingFrom([...other, ...more], [...list, ...more])).toEqual(missing);
        expect(missing.every((value) => !other.some((known) => jsonEquals(known, value)))).toBe(
          true,
        );
        expect(holdSameValues([...list, ...other], [...other, ...list])).toBe(true);
        expect(holdSameValues(other, [...other, ...list])).toBe(missing.length === 0);
      }),
    );
  });
});
