import { expect, test } from "vitest";
import { openApiBlocks } from "../../scripts/lib/openapi-block.js";

const blocksOf = (info: string) =>
  openApiBlocks({
    file: "page.md",
    text: `# Page\n\n\`\`\`${info}\na: 1\n\`\`\`\n`,
    lineOffset: 0,
  }).announced;

test.each([
  ["yaml /openapi.json POST /v2/title/text", "POST", "/v2/title/text", "/openapi.json"],
  ["yml openapi.yaml post /a", "POST", "/a", "/openapi.yaml"],
  [
    "json https://example.com/spec?v=2 Get /a/{id}",
    "GET",
    "/a/{id}",
    "https://example.com/spec?v=2",
  ],
  ["yaml /openapi.json DELETE / theme={null}", "DELETE", "/", "/openapi.json"],
  ["yaml GET /usage", "GET", "/usage", undefined],
  ["json patch /usage theme={null}", "PATCH", "/usage", undefined],
  ["yaml &#x2F;openapi.json GET &sol;a&#47;&lbrace;id&rbrace;", "GET", "/a/{id}", "/openapi.json"],
  [String.raw`yaml GET /a/\{id\}`, "GET", "/a/{id}", undefined],
])("the info string %s announces an operation", (info, method, path, document) => {
  const [block] = blocksOf(info);
  expect(block).toMatchObject({ announced: { kind: "operation", method, path }, closed: true });
  expect(block?.source).toEqual({ file: "page.md", text: "a: 1\n", lineOffset: 3, document });
});

test.each([
  ["yaml /openapi.json webhook order.created", "order.created"],
  ["yaml WEBHOOK order.created theme={null}", "order.created"],
])("the info string %s announces a webhook", (info, name) => {
  expect(blocksOf(info)).toMatchObject([{ announced: { kind: "webhook", name } }]);
});

test.each([
  "yaml",
  "yaml /openapi.json FETCH /v2/title/text",
  "yaml /openapi.json POST v2/title/text",
  "yaml /openapi.json POST",
  "bash /openapi.json POST /v2/title/text",
  "yaml title=POST.json example",
  "yaml webhook",
])("the info string %s announces something else", (info) => {
  expect(blocksOf(info)).toEqual([]);
});

test("an OpenAPI block is located in a page that is part of a file", () => {
  const text = "~~~yaml x.json GET /a\na: 1\n~~~";
  const [block] = openApiBlocks({ file: "page.md", text, lineOffset: 10 }).announced;
  expect(block?.source.lineOffset).toBe(11);
});

test.each([
  ["YAML", "yaml", "openapi: 3.0.3\npaths: {}\n"],
  ["Swagger in YAML", "", 'swagger: "2.0"\ninfo: {}\npaths: {}\n'],
  ["YAML below other text", "text", "Ours:\n  openapi: 3.1.0\n  paths: {}\n"],
  ["JSON", "json example.json", '{"openapi": "3.1.0", "webhooks": {}}\n'],
])("a document in %s is found without an info string that announces it", (_form, info, text) => {
  const page = { file: "page.md", text: `\`\`\`${info}\n${text}\`\`\`\n`, lineOffset: 0 };
  expect(openApiBlocks(page)).toEqual({
    announced: [],
    unannounced: [{ info, source: { file: "page.md", text, lineOffset: 1 } }],
  });
});

test("code that only mentions OpenAPI is not a document", () => {
  const text = "```yaml\n# openapi: 3\ngenerator:\n  openapi: spec.yaml\n  paths: src\n```\n";
  expect(openApiBlocks({ file: "page.md", text, lineOffset: 0 }).unannounced).toEqual([]);
});
