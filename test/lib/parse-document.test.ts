import fc from "fast-check";
import { dump } from "js-yaml";
import { describe, expect, test } from "vitest";
import { hasDuplicateKeys } from "../../scripts/lib/json-duplicate-keys.js";
import { parseDocument } from "../../scripts/lib/parse-document.js";

const parse = (text: string, lineOffset = 0) =>
  parseDocument({ file: "api.yaml", text, lineOffset });

describe("parseDocument", () => {
  test("reads the same value from JSON and from YAML", () => {
    // -0 is 0 in JSON text; every other JSON value comes back as it was.
    const objects = fc
      .dictionary(fc.string(), fc.jsonValue({ noUnicodeString: false }))
      .map((value) => JSON.parse(JSON.stringify(value)) as object);
    fc.assert(
      fc.property(objects, (value) => {
        expect(parse(JSON.stringify(value))).toEqual(value);
        expect(parse(JSON.stringify(value, null, 2))).toEqual(value);
        expect(parse(dump(value, { noRefs: true }))).toEqual(value);
      }),
      { numRuns: 300 },
    );
  });

  test("keeps what YAML 1.1 would change: dates, yes and no, merge keys", () => {
    expect(parse("day: 2026-11-22\nanswer: no\n<<: {a: 1}\n")).toEqual({
      day: "2026-11-22",
      answer: "no",
      "<<": { a: 1 },
    });
  });

  test("keeps __proto__ as an ordinary key", () => {
    for (const text of ['{"__proto__": {"a": 1}}', "__proto__: {a: 1}"]) {
      expect(Object.keys(parse(text) as object)).toEqual(["__proto__"]);
    }
  });

  test.each([
    ["broken YAML", "a: 1\nb: [\n", /^api\.yaml:\d+:\d+: not valid YAML or JSON: /],
    ["broken JSON", '{"a": 1,\n "b" 2}', /^api\.yaml:2:\d+: not valid YAML or JSON: /],
    [
      "a repeated YAML key",
      "a: 1\nb: 2\na: 3\n",
      "api.yaml:3:1: not valid YAML or JSON: duplicated mapping key",
    ],
    ["a repeated JSON key", '{"a": 1,\n "a": 2}', /^api\.yaml:2:\d+: .*duplicated mapping key/],
    [
      "a key repeated in other letters",
      '{"a": 1, "\\u0061": 2}',
      /^api\.yaml:1:\d+: .*duplicated mapping key/,
    ],
    ["nothing", "", /^api\.yaml:1:1: not valid YAML or JSON: .*empty/],
    ["several documents", "a: 1\n---\nb: 2\n", /^api\.yaml:1:1: not valid YAML or JSON: /],
    ["a code tag", "a: !!js/function x\n", /^api\.yaml:1:4: .*unknown/],
    ["YAML nested very deep", "[".repeat(100_000), /^api\.yaml:1:\d+: .*nesting/],
    ["JSON nested very deep", nested(100_000), /^api\.yaml:1:\d+: .*nesting/],
    ["JSON nested deeper than YAML may be", nested(101), /^api\.yaml:1:\d+: .*nesting/],
  ])("refuses %s with one line and its place", (_name, text, message) => {
    expect(() => parse(text)).toThrow(message);
    expect(() => parse(text)).toThrow(
      expect.objectContaining({
        name: "InputError",
        message: expect.not.stringContaining("\n") as string,
      }),
    );
  });

  test("refuses an alias bomb before it goes off", () => {
    const levels = Array.from({ length: 30 }, (_, level) => {
      const aliases = Array.from({ length: 9 }, () => `*a${level}`).join(", ");
      return `a${level + 1}: &a${level + 1} [${aliases}]`;
    });
    expect(() => parse(["a0: &a0 [x]", ...levels].join("\n"))).toThrow(/alias/);
  });

  test("counts lines from the top of the page that a block stands in", () => {
    expect(() => parse("a: 1\na: 2\n", 40)).toThrow("api.yaml:42:1:");
  });

  test("reads JSON with a string of several megabytes", () => {
    const value = { text: 'x"\\'.repeat(1_000_000) };
    expect(parse(JSON.stringify(value))).toEqual(value);
  });
});

describe("hasDuplicateKeys", () => {
  test("is false for whatever JSON.stringify writes", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(hasDuplicateKeys(text, JSON.parse(text))).toBe(false);
      }),
    );
  });

  test("is true wherever one key more was written in", () => {
    const objects = fc.dictionary(fc.string(), fc.string(), { minKeys: 1 });
    fc.assert(
      fc.property(objects, (value) => {
        const [key = ""] = Object.keys(value);
        const repeated = `${JSON.stringify(value).slice(0, -1)},${JSON.stringify(key)} :0}`;
        const text = `[{"outer":${repeated}}]`;
        expect(hasDuplicateKeys(text, JSON.parse(text))).toBe(true);
      }),
    );
  });
});

/** JSON of so many levels, the outermost an object. */
function nested(levels: number): string {
  return `{"a":${"[".repeat(levels - 1)}${"]".repeat(levels - 1)}}`;
}
