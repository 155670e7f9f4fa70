import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pullPages } from "../../scripts/pull/pull-pages.js";
import { fragmentPage } from "./fragment-page.js";
import { temporaryFolder } from "./temporary-folder.js";

async function pull(index: string) {
  const { fragments, ...rest } = await pullPages({ index });
  return { ...rest, fragments: fragments.map(({ fileName, page }) => `${fileName} ${page}`) };
}

test("a folder with the saved pages yields the fragments with their published addresses", async () => {
  const { fragments, problems, skippedLinks, pages } = await pull("test/fixtures/docs");
  expect(fragments).toEqual([
    "post_v2_pikzonality_style.yaml https://docs.pikzels.com/pikzonalities/create-style",
    "delete_v2_pikzonality_id.yaml https://docs.pikzels.com/pikzonalities/delete-pikzonality",
  ]);
  expect(pages.flatMap(({ errorRows }) => errorRows)).toHaveLength(31);
  expect([problems, skippedLinks]).toEqual([[], []]);
});

test("pull accepts the index file itself in place of its folder", async () => {
  const folder = await temporaryFolder({
    "pages.txt": "[a](https://example.com/a.md)",
    "a.md": fragmentPage("GET", "/a"),
    "b.md": fragmentPage("GET", "/b"),
  });
  expect((await pull(join(folder, "pages.txt"))).fragments).toEqual([
    "get_a.yaml https://example.com/a",
  ]);
});

test("a folder without an index yields every Markdown page, including those in subfolders", async () => {
  const folder = await temporaryFolder({
    "z/deep/a.md": fragmentPage("GET", "/a"),
    "b.md": fragmentPage("GET", "/b"),
    "errors.txt": "400NEW_CODESomething is new",
    "notes.txt": fragmentPage("GET", "/not-a-page"),
  });
  const { fragments, pages } = await pull(folder);
  expect(fragments).toEqual(["get_b.yaml b.md", "get_a.yaml z/deep/a.md"]);
  expect(pages.flatMap(({ errorRows }) => errorRows)).toEqual([
    { code: "NEW_CODE", status: 400, meaning: "Something is new" },
  ]);
});

test("a page in a folder is found by the longest part of its address", async () => {
  const folder = await temporaryFolder({
    "llms.txt": "[a](https://example.com/docs/v2/a.md) [b](https://example.com/a%20b)",
    "v2/a.md": fragmentPage("GET", "/right"),
    "a.md": fragmentPage("GET", "/wrong"),
    "a b.md": fragmentPage("GET", "/blank"),
  });
  expect((await pull(folder)).fragments).toEqual([
    "get_blank.yaml https://example.com/a%20b",
    "get_right.yaml https://example.com/docs/v2/a",
  ]);
});

test("a listed page that is missing or not text does not stop the others", async () => {
  const folder = await temporaryFolder({
    "llms.txt": "[a](missing.md) [b](bytes.md) [c](large.md) [d](good.md) [e](spec.json)",
    "bytes.md": new Uint8Array([0xff]),
    "large.md": "x".repeat(2_000_001),
    "good.md": fragmentPage("GET", "/good"),
  });
  const { fragments, problems, skippedLinks } = await pull(folder);
  expect(fragments).toEqual(["get_good.yaml good.md"]);
  expect(problems).toEqual([
    `${join(folder, "bytes.md")}: is not UTF-8 text`,
    `${join(folder, "large.md")}: is larger than 2000000 bytes`,
    `${join(folder, "missing.md")}: no such file`,
  ]);
  expect(skippedLinks).toEqual([{ link: "spec.json", reason: "is not a Markdown page" }]);
});

test("no link leads out of the folder", async () => {
  const secret = fragmentPage("GET", "/secret");
  const outside = await temporaryFolder({
    "secret.md": secret,
    "docs/llms.txt":
      "[a](../secret.md) [b](..%2Fsecret.md) [c](%2e%2e/secret.md) [d](link.md) [e](linked/secret.md)",
  });
  await symlink(join(outside, "secret.md"), join(outside, "docs", "link.md"));
  await symlink(outside, join(outside, "docs", "linked"));
  const { fragments, problems } = await pull(join(outside, "docs"));
  expect(fragments).toEqual([]);
  expect(problems.length).toBeGreaterThan(0);
  for (const problem of problems) expect(problem).toMatch(/no such file$/);
});

test("an index that does not exist is refused, with what to pass instead", async () => {
  await expect(pull("no/such/folder")).rejects.toThrow(
    "no/such/folder: no such file or folder; pass an llms.txt, its folder, or a URL",
  );
});
