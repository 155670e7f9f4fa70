import { describe, expect, test } from "vitest";
import { redactKey, redactKeys, redactKeysInPath, toLine } from "../../src/wrappers/redact.js";

const key = "pkz_a.b?Kkk";
const hex = (character: string) => character.charCodeAt(0).toString(16).padStart(4, "0");
const escaped = (text: string) => Array.from(text, (one) => `\\u${hex(one)}`).join("");

describe("a secret is removed from a text", () => {
  test.each([
    ["verbatim", key],
    ["with every character as its code", escaped(key)],
    ["with codes in capitals", escaped(key).toUpperCase().replaceAll("\\U", "\\u")],
    ["with a backslash before some", "pkz\\_a\\.b?Kkk"],
    ["with one code among its letters", `pkz_a.b\\u003fKkk`],
    ["with one code in capitals", `pkz_a.b\\u003FKkk`],
  ])("%s, wherever and however often it occurs", (_how, spelt) => {
    expect(redactKey(`<${spelt}|\\n|${spelt}>`, key)).toBe("<[the API key]|\\n|[the API key]>");
  });

  test("and nothing else", () => {
    for (const text of ["", "plain", "pkz_aXb?K", "pkz_aXb?K \\n", "pkz_a.bK \\n", "\\u0070kz"]) {
      expect(redactKey(text, key)).toBe(text);
    }
  });

  test("unless the key is as short as a word in the data", () => {
    expect(redactKey('{"model":"pkz_4"}', "pkz_4")).toBe('{"model":"pkz_4"}');
    expect(redactKey("pkz_test", "pkz_test")).toBe("pkz_test");
  });
});

describe("anything that looks like an API key is removed from a text", () => {
  test("whoever owns it, but model names are kept", () => {
    expect(redactKeys("pkz_live_0123456789, pkz_4_5")).toBe("[the API key], pkz_4_5");
    expect(redactKeys(String.raw`pkz\_live\_012345, pkz\_4\_5`)).toBe(
      String.raw`[the API key], pkz\_4\_5`,
    );
  });
});

test("a segment of a path that is a key is removed, whatever characters it has", () => {
  expect(redactKeysInPath("/v2/a/pkz_ab%22cd!efgh/b")).toBe("/v2/a/[the API key]/b");
  expect(redactKeysInPath("/v2/a/pkz_4_5/pkz_test")).toBe("/v2/a/pkz_4_5/pkz_test");
});

describe("a text from outside becomes one line", () => {
  test("without control characters and bidirectional overrides", () => {
    expect(toLine(" a\r\nb\u001b[31mc\u202ed\u2028e\t", 100)).toBe("a b [31mc d e");
  });

  test("of limited length", () => {
    expect(toLine("x".repeat(100), 100)).toHaveLength(100);
    const line = toLine("x".repeat(101), 100);
    expect(line).toHaveLength(100);
    expect(line.at(-1)).toBe("…");
  });

  test("without a key, even if the cut would go through it", () => {
    expect(toLine(`${"x".repeat(95)} pkz_live_0123456789`, 100)).not.toContain("pkz_");
  });
});
