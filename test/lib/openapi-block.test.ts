import { expect, test } from "vitest";
import { openApiBlocks } from "../../scripts/lib/openapi-block.js";

const blocksOf = (info: string) =>
  openApiBlocks({
    file: "page.md",
    text: `# Page\n\n\`\`\`${info}\na: 1\n\`\`\`\n`,
    lineOffset: 0,
  });

test.each([
  ["yaml /openapi.json POST /v2/title/text", "POST", "/v2/title/text"],
  ["yml openapi.yaml post /a", "POST", "/a"],
  ["json https://example.com/spec?v=2 Get /a/{id}", "GET", "/a/{id}"],
  ["yaml /openapi.json DELETE / theme={null}", "DELETE", "/"],
])("takes %s for a fragment", (info, method, path) => {
  const [block] = blocksOf(info);
  expect(block).toMatchObject({ method, path, closed: true });
  expect(block?.source).toEqual({ file: "page.md", text: "a: 1\n", lineOffset: 3 });
});

test.each([
  "yaml",
  "yaml POST /v2/title/text",
  "yaml /openapi.json FETCH /v2/title/text",
  "yaml /openapi.json POST v2/title/text",
  "yaml /openapi.json POST",
  "bash /openapi.json POST /v2/title/text",
  "yaml title=POST.json example",
])("takes %s for something else", (info) => {
  expect(blocksOf(info)).toEqual([]);
});

test("locates a block of a page that is itself a part of a file", () => {
  const text = "~~~yaml x.json GET /a\na: 1\n~~~";
  const [block] = openApiBlocks({ file: "page.md", text, lineOffset: 10 });
  expect(block?.source.lineOffset).toBe(11);
});
