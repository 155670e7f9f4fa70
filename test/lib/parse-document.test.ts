import fc from "fast-check";
import { dump } from "js-yaml";
import { describe, expect, test } from "vitest";
import { toJsonText } from "../../scripts/lib/json-text.js";
import { parseDocument } from "../../scripts/lib/parse-document.js";
import { toYamlText } from "../../scripts/lib/yaml-text.js";

const parse = (text: string, lineOffset = 0) =>
  parseDocument({ file: "api.yaml", text, lineOffset });

describe("parseDocument", () => {
  test("reads the same value from JSON and from YAML", () => {
    // -0 is 0 in JSON text, and integers over 2^53 become bigint; everything else comes back
    // unchanged.
    const objects = fc
      .dictionary(fc.string(), fc.jsonValue({ noUnicodeString: false }))
      .map((value) => JSON.parse(JSON.stringify(value)) as object)
      .filter((value) => !/\d{16}/.test(JSON.stringify(value)));
    fc.assert(
      fc.property(objects, (value) => {
        expect(parse(JSON.stringify(value))).toEqual(value);
        expect(parse(JSON.stringify(value, null, 2))).toEqual(value);
        expect(parse(dump(value, { noRefs: true }))).toEqual(value);
      }),
      { numRuns: 300 },
    );
  });

  test("keeps what YAML 1.1 would change: dates, yes and no", () => {
    expect(parse('day: 2026-11-22\nanswer: no\nshift: <<\n"<<": quoted\n')).toEqual({
      day: "2026-11-22",
      answer: "no",
      shift: "<<",
      "<<": "quoted",
    });
  });

  test.each([
    ["YAML", "big: 1152921504606846977\nsmall: -9223372036854775808\nsafe: 9007199254740991\n"],
    ["JSON", '{"big":1152921504606846977,"small":-9223372036854775808,"safe":9007199254740991}'],
  ])("keeps the digits of integers over 2^53 in %s", (_form, text) => {
    const value = parse(text);
    expect(value).toEqual({
      big: 1152921504606846977n,
      small: -9223372036854775808n,
      safe: 9007199254740991,
    });
    expect(parse(toJsonText(value))).toEqual(value);
    expect(parse(toYamlText(value))).toEqual(value);
  });

  test("does not read text as a number if it only starts like one", () => {
    const texts = ["3ab7e91", "18b2e5", "1.2.3e4", "1e999"];
    expect(parse(texts.slice(0, 3).join(": 1\n") + ": 1\n")).toEqual({
      "3ab7e91": 1,
      "18b2e5": 1,
      "1.2.3e4": 1,
    });
    expect(parse(toYamlText(texts))).toEqual(texts);
    expect(() => parse("a: 1e999")).toThrow("Infinity is no number of JSON");
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
      "a key repeated with different escapes",
      '{"a": 1, "\\u0061": 2}',
      /^api\.yaml:1:\d+: .*duplicated mapping key/,
    ],
    ["a merge key", "a: &a {b: 1}\nc:\n  d: 2\n  <<: *a\n", /^api\.yaml:4:3: YAML merge keys/],
    ["infinity", "a: 1\nb: [.inf]\n", "api.yaml:2:5: Infinity is no number of JSON"],
    ["a number too large for JSON", '{"a": 1e999}', "api.yaml:1:2: Infinity is no number of JSON"],
    ["nothing", "", /^api\.yaml:1:1: not valid YAML or JSON: .*empty/],
    ["several documents", "a: 1\n---\nb: 2\n", /^api\.yaml:1:1: not valid YAML or JSON: /],
    ["a code tag", "a: !!js/function x\n", /^api\.yaml:1:4: .*unknown/],
    ["YAML nested very deep", "[".repeat(100_000), /^api\.yaml:1:\d+: .*nesting/],
    ["JSON nested very deep", nested(100_000), /^api\.yaml:1:\d+: .*nesting/],
    ["JSON nested deeper than YAML may be", nested(101), /^api\.yaml:1:\d+: .*nesting/],
  ])("refuses %s with one line and its position", (_name, text, message) => {
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

  test("counts lines from the top of the page that contains a block", () => {
    expect(() => parse("a: 1\na: 2\n", 40)).toThrow("api.yaml:42:1:");
  });

  test("finds a repeated key anywhere in JSON", () => {
    const objects = fc.dictionary(fc.string(), fc.string(), { minKeys: 1 });
    fc.assert(
      fc.property(objects, (value) => {
        const [key = ""] = Object.keys(value);
        const repeated = `${JSON.stringify(value).slice(0, -1)},${JSON.stringify(key)} :0}`;
        expect(() => parse(`{"list":[{"outer":${repeated}}]}`)).toThrow("duplicated mapping key");
      }),
    );
  });

  test("reads JSON with a string of several megabytes", () => {
    const value = { text: 'x"\\'.repeat(1_000_000) };
    expect(parse(JSON.stringify(value))).toEqual(value);
  });
});

/** JSON with this many levels, the outermost an object. */
function nested(levels: number): string {
  return `{"a":${"[".repeat(levels - 1)}${"]".repeat(levels - 1)}}`;
}
