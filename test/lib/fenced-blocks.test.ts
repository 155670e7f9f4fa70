import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fencedBlocks } from "../../scripts/lib/fenced-blocks.js";

describe("fencedBlocks", () => {
  test("finds what was fenced, for any content, fence and surroundings", () => {
    const line = fc.string({ unit: fc.constantFrom("`", "~", " ", "\t", "a", ":", "\u00e9") });
    const character = fc.constantFrom("`", "~");
    const property = fc.property(
      fc.array(line),
      character,
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 0, max: 3 }),
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.array(fc.constantFrom("", "text", "    ```indented", "a ``` b", "``` `inline` ```")),
      (content, fenceCharacter, extra, indent, newline, before) => {
        const longest = Math.max(0, ...content.map((text) => longestRun(text, fenceCharacter)));
        const fence = fenceCharacter.repeat(Math.max(3, longest + 1) + extra);
        const margin = " ".repeat(indent);
        const wrapped = content.map((text) => (text === "" ? "" : margin + text));
        const page = [...before, `${margin}${fence}info`, ...wrapped, margin + fence, "after"];

        expect(fencedBlocks(page.join(newline))).toEqual([
          {
            info: "info",
            text: content.map((text) => `${text}\n`).join(""),
            lineOffset: before.length + 1,
            closed: true,
          },
        ]);
      },
    );
    fc.assert(property, { numRuns: 500 });
  });

  test("keeps an inner fence that is shorter or uses the other character", () => {
    const [block, ...others] = fencedBlocks("````md\n```js\n1\n```\n~~~~\n````\n");
    expect(block?.text).toBe("```js\n1\n```\n~~~~\n");
    expect(others).toEqual([]);
  });

  test("reads backticks in the info string of a tilde fence", () => {
    expect(fencedBlocks("~~~ yaml `x`\na\n~~~")[0]?.info).toBe("yaml `x`");
  });

  test("treats a line with later backticks as inline code", () => {
    expect(fencedBlocks("``` `like this` ```\n")).toEqual([]);
  });

  test("does not end a block at a fence that has an info string", () => {
    expect(fencedBlocks("```\na\n``` b\n```\n")[0]?.text).toBe("a\n``` b\n");
  });

  test("ends a block at the end of the page, and reports that no fence closed it", () => {
    expect(fencedBlocks("a\n```yaml\nb: 1")).toEqual([
      { info: "yaml", text: "b: 1\n", lineOffset: 2, closed: false },
    ]);
  });

  test("gives an empty block no lines", () => {
    expect(fencedBlocks("```\n```\n")[0]?.text).toBe("");
  });

  test("removes the opening fence's indentation from each line that has it", () => {
    expect(fencedBlocks("  ```\n    a\n b\n  ```")[0]?.text).toBe("  a\nb\n");
  });

  test.each([
    ["in a list", "1. Call it:\n\n    ```yaml\n    a: |\n        ```\n    ```\n"],
    ["at the marker of a list item", "- ```yaml\n  a: |\n      ```\n  ```\n"],
    ["after a tab, in a component", "<Tab>\n\t```yaml\n\ta: |\n\t    ```\n\t```\n</Tab>\n"],
  ])("finds a block %s, and keeps a fence that is part of its text", (_where, page) => {
    const [block, ...others] = fencedBlocks(page);
    expect(others).toEqual([]);
    expect(block).toMatchObject({ info: "yaml", text: "a: |\n    ```\n", closed: true });
  });

  test.each([
    ["blanks after a fence", "```" + " ".repeat(500_000) + "`\n"],
    ["blocks", "```\n```\n".repeat(100_000)],
    [
      "opening fences of all lengths",
      Array.from({ length: 1500 }, (_, n) => "`".repeat(n)).join("\n"),
    ],
    ["fences of indented code", "    ```a\n".repeat(200_000)],
  ])("stays linear on a page of many %s", (_name, page) => {
    // With quadratic work these take minutes, longer than the test's timeout.
    expect(fencedBlocks(page)).toBeDefined();
  });
});

function longestRun(text: string, character: string): number {
  return Math.max(
    0,
    ...text
      .split(/[^`~]|(?<=`)(?=~)|(?<=~)(?=`)/)
      .map((run) => (run.startsWith(character) ? run.length : 0)),
  );
}
