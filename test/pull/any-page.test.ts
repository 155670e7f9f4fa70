import fc from "fast-check";
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { pullPages } from "../../scripts/pull/pull-pages.js";

const INDEX = "https://docs.example.com/llms.txt";

/** Pulls a single page, without a network. */
function pullPage(page: string) {
  const texts = new Map([
    [INDEX, "[a](/page.md)"],
    ["https://docs.example.com/page.md", page],
  ]);
  return pullPages({
    index: INDEX,
    fetch: (input) =>
      Promise.resolve(new Response(texts.get(input instanceof URL ? input.href : ""))),
  });
}

async function expectAnAnswer(page: string) {
  const { fragments, problems } = await pullPage(page);
  expect(problems.join("\n")).not.toContain("unexpectedly");
  for (const problem of problems) {
    expect(problem).toMatch(/^https:\/\/docs\.example\.com\/page\.md(:\d+(:\d+)?)?: \P{Cc}+$/u);
  }
  for (const { fileName } of fragments) expect(fileName).toMatch(/^[a-z]+(_[\w-]+)+\.yaml$/);
}

test("however a published page is damaged, it is accepted or refused with its position", async () => {
  const lines = (await readFile("test/fixtures/docs/create-style.md", "utf8")).split("\n");
  const line = fc.nat({ max: lines.length - 1 });
  const odd = fc.oneof(
    fc.string(),
    fc.constantFrom(
      "````",
      "- &a [*a]",
      "paths: *x",
      "? {a: 1}",
      "\t",
      "<<: *a",
      "openapi: null",
      "{",
      "---",
    ),
  );
  const edit = fc.record({
    at: line,
    remove: fc.nat({ max: 40 }),
    insert: fc.array(odd, { maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
      const edited = edits.reduce(
        (text, { at, remove, insert }) => text.toSpliced(at, remove, ...insert),
        lines,
      );
      await expectAnAnswer(edited.join("\n"));
    }),
    { numRuns: 300 },
  );
});

test("whatever JSON is in a block, it is accepted or refused with its position", async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (paths, components) => {
      const document = { openapi: "3.0.3", info: { title: "A", version: "1" }, paths, components };
      const block = JSON.stringify(document, null, 1);
      await expectAnAnswer(`~~~json x.json GET /a\n${block}\n~~~\n`);
    }),
  );
});
