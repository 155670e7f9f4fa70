import { expect, test } from "vitest";
import { indexLinks, markdownUrl, pageAddress } from "../../scripts/pull/index-links.js";

test("an index may have Markdown links, and addresses on lines of their own", () => {
  const index = [
    "# Title",
    "> A summary (with brackets) and [none].",
    "- [One](https://example.com/one.md): the first [sic]",
    '- [Two [2]](</two.md> "a tooltip") and [three](three)',
    "- https://example.com/four",
    "  * <https://example.com/five.md>",
    "https://example.com/six.md\r",
    "see https://example.com/not-a-link of its own, and [seven]",
    "[seven]: https://example.com/seven.md 'a tooltip'",
  ].join("\n");
  expect(indexLinks(index)).toEqual([
    "https://example.com/one.md",
    "/two.md",
    "three",
    "https://example.com/seven.md",
    "https://example.com/four",
    "https://example.com/five.md",
    "https://example.com/six.md",
  ]);
});

test.each([
  ["https://example.com/a.md", "https://example.com/a.md"],
  ["https://example.com/a.mdx#part", "https://example.com/a.mdx"],
  ["https://example.com/a?version=2#part", "https://example.com/a.md?version=2"],
  ["https://example.com/errors.txt", "https://example.com/errors.txt"],
  ["https://example.com/changelog/v2.1", "https://example.com/changelog/v2.1.md"],
  ["https://example.com/guides/", "https://example.com/guides/index.md"],
])("the Markdown page of %s is %s", (link, url) => {
  expect(markdownUrl(new URL(link))?.href).toBe(url);
});

test.each(["openapi.json", "logo.svg", "page.html", "llms.txt", "llms-full.txt"])(
  "%s is not a page",
  (file) => {
    expect(markdownUrl(new URL(file, "https://example.com/"))).toBeUndefined();
  },
);

test.each([
  ["https://example.com/a.md", "https://example.com/a"],
  ["https://example.com/a.mdx?version=2", "https://example.com/a?version=2"],
  ["https://example.com/errors.txt", "https://example.com/errors.txt"],
])("the page of %s for people is %s", (twin, address) => {
  expect(pageAddress(new URL(twin))).toBe(address);
});
