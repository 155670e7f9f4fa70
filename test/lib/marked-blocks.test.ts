import { expect, test } from "vitest";
import { fillMarkedBlocks } from "../../scripts/lib/marked-blocks.js";

const page = "a\n<!-- generated: one -->\nold\n<!-- /generated: one -->\nb\n";

test("a marked block is replaced, and everything around it is kept", () => {
  const written = fillMarkedBlocks("page.md", page, { one: "new" });
  expect(written).toBe("a\n<!-- generated: one -->\n\nnew\n\n<!-- /generated: one -->\nb\n");
  expect(fillMarkedBlocks("page.md", written, { one: "new" })).toBe(written);
});

test("a block without markers in the page is reported with its markers", () => {
  expect(() => fillMarkedBlocks("page.md", page, { two: "new" })).toThrow(
    "page.md: has no <!-- generated: two --> … <!-- /generated: two -->",
  );
});
