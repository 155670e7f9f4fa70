import { readdir, readFile } from "node:fs/promises";
import { load } from "js-yaml";
import { expect, test } from "vitest";
import { objectAt } from "../../src/openapi/json.js";
import { parseDocument } from "../../scripts/lib/parse-document.js";
import { readSourceText } from "../../scripts/lib/source-text.js";

test.each([
  ["create-style.md", "post_v2_pikzonality_style.yaml"],
  ["delete-pikzonality.md", "delete_v2_pikzonality_id.yaml"],
])("the published block of %s is spec/fragments/%s", async (page, fragment) => {
  const markdown = await readFile(`test/fixtures/docs/${page}`, "utf8");
  // Taken out by hand here, so that a fault in the extraction cannot hide itself.
  const published = markdown.split(/^````.*\n?/m)[1] ?? "";
  expect(published).toMatch(/^openapi: 3\.0\.3\n/);

  const ours = await readSourceText(`spec/fragments/${fragment}`);
  expect(ours.text).toBe(published);
  expect(parseDocument(ours)).toEqual(
    parseDocument({ file: page, text: published, lineOffset: 0 }),
  );
});

test("spec/sources.yaml says of every fragment where it came from, and of no other", async () => {
  const sources = objectAt(load(await readFile("spec/sources.yaml", "utf8")), "fragments");
  expect(Object.keys(sources).sort()).toEqual((await readdir("spec/fragments")).sort());
});
