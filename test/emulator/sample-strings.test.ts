import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../src/emulator/state/seeded-random.js";
import { matches } from "../../src/emulator/document/string-keywords.js";
import { sampleString } from "../../src/emulator/document/sample-scalars.js";

const ajv = new Ajv2020({ logger: false });
addFormats.default(ajv);

/** Only Ajv has these: neither JSON Schema nor OpenAPI defines them. */
const OF_AJV = ["iso-time", "iso-date-time", "json-pointer-uri-fragment"];

/** The string formats that Ajv can check. */
const formats = Object.entries(ajv.formats).flatMap(([name, format]) => {
  const isOfNumbers = typeof format === "object" && "type" in format && format.type === "number";
  return isOfNumbers || OF_AJV.includes(name) ? [] : [name];
});

/** Random numbers that are the same in every run. */
const randoms = ["a", "b", "c", "d"].map(seededRandom);

describe("a sample of a string", () => {
  test("has its format, for every format that a validator knows", () => {
    expect(formats.length).toBeGreaterThan(10);
    for (const format of formats) {
      const isValid = ajv.compile({ type: "string", format });
      const samples = randoms.map((random) => sampleString({ format }, random));
      expect([format, samples.filter((sample) => !isValid(sample))]).toEqual([format, []]);
    }
  });

  test.each([
    ["classes of characters outside ASCII", "^[äöü]{2}[\\u4e00-\\u9fff]+$"],
    ["a class that excludes all letters", "^[^\\w ]+$"],
    ["one unusual character", "^[ß]$"],
    ["any character", "^.{3}$"],
    ["a Unicode property", "^\\p{Lu}+\\P{L}$"],
    ["a pattern that is valid only without Unicode mode", "^a\\-b$"],
    ["a lookbehind", "(?<=a)b"],
    ["a negative lookahead", "^a(?!b)[a-c]$"],
    ["a word boundary", "^\\bword\\b$"],
    ["groups with and without a name", "^(?<first>a|b)(?:c|d)(e)$"],
    ["a repetition with bounds", "^(ab){2,3}$"],
    ["a class of a Unicode property", "^[\\p{N}]+[^\\p{L}\\s]$"],
    ["a Unicode property that no letter of English has", "^\\p{Script=Han}{2}$"],
    ["a class that excludes all of ASCII", "^[^\\x00-\\x7f]+$"],
    ["a character beyond 16 bits", "^[\\u{1f600}-\\u{1f64f}]{3}$"],
    ["a backreference", "^([a-z])\\1$"],
    ["a backreference by name, inside of a group", "^(?<quote>[\"'])\\w+(\\k<quote>)$"],
    ["nothing", ""],
  ])("matches a pattern with %s", (_what, pattern) => {
    for (const random of randoms) {
      expect(matches(pattern, sampleString({ pattern }, random))).toBe(true);
    }
  });

  test("has its format and matches its pattern, if the usual sample of the format does", () => {
    const sample = sampleString({ format: "uri", pattern: "^https://" }, Math.random);
    expect(sample).toMatch(/^https:\/\/example\.com/);
    const other = sampleString({ format: "uri", pattern: "^ftp://[a-z]+$" }, Math.random);
    expect(other).toMatch(/^ftp:\/\/[a-z]+$/);
  });

  test("is as long as it has to be", () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), (minLength, more) => {
        const maxLength = minLength + more;
        for (const pattern of [undefined, "^[a-z]*$", "^\\u{1f600}*$"]) {
          const sample = sampleString({ minLength, maxLength, pattern }, () => 0.5);
          const { length } = Array.from(sample);
          expect(length).toBeGreaterThanOrEqual(minLength);
          expect(length).toBeLessThanOrEqual(maxLength);
        }
      }),
    );
  });

  test("has its format, whatever its pattern, if that is not valid", () => {
    expect(sampleString({ format: "ipv4", pattern: "(" }, () => 0.5)).toBe("192.0.2.1");
  });

  test.each(["(", "^a$(?<=b)", "a{2}(?!aa)b{20}c(?<!c)"])(
    "is still a word if no string can match its pattern: %s",
    (pattern) => {
      expect(sampleString({ pattern }, () => 0.5)).toBe("sample");
    },
  );
});
