import { describe, expect, test } from "vitest";
import { withoutSecret } from "../../src/transport/response.js";

const key = "pkz_a.b?K";
const hex = (character: string) => character.charCodeAt(0).toString(16).padStart(4, "0");
const escaped = (text: string) => Array.from(text, (one) => `\\u${hex(one)}`).join("");

describe("a secret is taken out of a text", () => {
  test.each([
    ["as it is", key],
    ["with every character as its code", escaped(key)],
    ["with codes in capitals", escaped(key).toUpperCase().replaceAll("\\U", "\\u")],
    ["with a backslash before some", "pkz\\_a\\.b?K"],
    ["with one code among its letters", `pkz_a.b\\u003fK`],
    ["with one code in capitals", `pkz_a.b\\u003FK`],
  ])("%s, wherever and however often it stands", (_how, spelt) => {
    expect(withoutSecret(`<${spelt}|\\n|${spelt}>`, key)).toBe("<[the API key]|\\n|[the API key]>");
  });

  test("and nothing else is", () => {
    for (const text of ["", "plain", "pkz_aXb?K", "pkz_aXb?K \\n", "pkz_a.bK \\n", "\\u0070kz"]) {
      expect(withoutSecret(text, key)).toBe(text);
    }
  });
});
