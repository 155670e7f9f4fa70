/** `[Title](target)`, `[Title](<target>)`, `[Title](target "tooltip")`: the group is the target. */
const MARKDOWN_LINKS = /\]\([ \t]*<?([^\s<>)]+)/g;
/** A line that consists of an address, as a list item or on its own. */
const BARE_LINKS = /^[ \t]*(?:[-*+][ \t]+)?<?(https?:\/\/[^\s<>]+)>?[ \t]*$/gm;

/** `[title]: https://…`, the definition that `[title]` refers to. */
const DEFINED_LINKS = /^ {0,3}\[[^\]\n]+\]:[ \t]*<?([^\s<>]+)/gm;

/** The targets of the links in an `llms.txt` index (https://llmstxt.org), as written. */
export function indexLinks(index: string): string[] {
  return [MARKDOWN_LINKS, DEFINED_LINKS, BARE_LINKS].flatMap((links) =>
    [...index.matchAll(links)].map(([, target = ""]) => target),
  );
}

/**
 * The address of a docs page's Markdown: the page's own with `.md`, without a fragment. Returns
 * `undefined` for anything that is not a page: an image, a spec, the index itself.
 */
export function markdownUrl(link: URL): URL | undefined {
  const url = new URL(link);
  url.hash = "";
  if (/\/llms(-full)?\.txt$/.test(url.pathname)) return undefined;
  if (/\.(md|mdx|txt)$/.test(url.pathname)) return url;
  if (/\.[a-z][a-z0-9]{1,4}$/i.test(url.pathname)) return undefined;
  url.pathname = url.pathname.endsWith("/") ? `${url.pathname}index.md` : `${url.pathname}.md`;
  return url;
}

/** The address at which people open a page: without the `.md`. */
export function pageAddress(url: URL): string {
  return url.href.replace(/\.mdx?(?=$|\?)/, "");
}
