import { expect, test } from "vitest";
import { allInOneFile } from "../../scripts/pull/all-in-one-file.js";
import { fragmentPage } from "./fragment-page.js";

const file = (text: string, name = "llms-full.txt") => ({ file: name, text, lineOffset: 0 });
const page = (name: string) =>
  `# ${name}\n\nSource: https://docs.test/${name}.md\n\n${fragmentPage("GET", `/${name}`)}\n`;
const addresses = (text: string) => allInOneFile(file(text))?.pages.map(({ address }) => address);

test.each([
  ["LF", "\n"],
  ["CRLF", "\r\n"],
])("pages in a single file start at their titles, with %s line endings", (_, newline) => {
  const text = (page("a") + page("b")).replaceAll("\n", newline);
  expect(addresses(text)).toEqual(["https://docs.test/a", "https://docs.test/b"]);
});

test("in a single file, a fragment above the first title is kept, and text there is not a page", async () => {
  const docs = allInOneFile(file(fragmentPage("GET", "/first") + page("a")));
  expect(docs?.pages.map(({ address }) => address)).toEqual([
    "llms-full.txt",
    "https://docs.test/a",
  ]);
  const [first] = docs?.pages ?? [];
  expect(first && (await docs?.read(first))?.text).toContain("GET /first");
  expect(addresses(`All pages.\n\n${page("a")}`)).toEqual(["https://docs.test/a"]);
});

test("an index that only links to pages is not a single file", () => {
  expect(allInOneFile(file("- [A](https://docs.test/a.md)", "llms.txt"))).toBeUndefined();
});
