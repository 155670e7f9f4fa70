import fc from "fast-check";
import { PikzelsInputError, preparePrompt } from "pikzels-client";
import { describe, expect, test } from "vitest";
import { api } from "../sample-api/generated/api.js";

describe("preparePrompt", () => {
  test.each([
    ["A climber", "A climber", []],
    ["A climber\non a summit", "A climber on a summit", ["\n"]],
    ["A\r\n\r\n  B", "A B", ["\r\n\r\n  "]],
    ["See https://a.example/b?c for more", "See for more", ["https://a.example/b?c"]],
    ["HTTP://A.EXAMPLE", "", ["HTTP://A.EXAMPLE"]],
    ["the http protocol", "the protocol", ["http"]],
    ["two  spaces stay if nothing is taken", "two  spaces stay if nothing is taken", []],
  ])("%j becomes %j", (text, prompt, removed) => {
    expect(preparePrompt(text)).toEqual({ prompt, removed, mayBeShortened: false });
  });

  test.each([undefined, null, 7, {}])("refuses %j, which is no text", (text) => {
    expect(() => preparePrompt(text as never)).toThrow(PikzelsInputError);
  });

  test("says that the service may shorten a long prompt", () => {
    expect(preparePrompt("x".repeat(750)).mayBeShortened).toBe(false);
    expect(preparePrompt("x".repeat(751)).mayBeShortened).toBe(true);
  });

  test("returns a prompt that matches the pattern of the spec, if anything is left", () => {
    const pattern = new RegExp(api.promptPattern ?? "");
    const words = fc.array(
      fc.oneof(
        fc.string(),
        fc.string().map((rest) => `https://${rest}`),
        fc.constantFrom("\n", "\r", "\u2028", "http", "hthttptp", "HTTPS://x", " "),
      ),
    );
    fc.assert(
      fc.property(words, (parts) => {
        const { prompt, removed } = preparePrompt(parts.join(""));
        if (prompt !== "") expect(prompt).toMatch(pattern);
        expect(preparePrompt(prompt).removed).toEqual([]);
        if (removed.length === 0) expect(prompt).toBe(parts.join(""));
      }),
    );
  });
});
