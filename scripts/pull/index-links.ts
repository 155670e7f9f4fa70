/** `[Title](target)`, `[Title](<target>)`, `[Title](target "tooltip")`: the group is the target. */
const MARKDOWN_LINKS = /\]\([ \t]*<?([^\s<>)]+)/g;
/** A line that is nothing but an address, as a list item or on its own. */
const BARE_LINKS = /^[ \t]*(?:[-*+][ \t]+)?<?(https?:\/\/[^\s<>]+)>?[ \t]*$/gm;

/** The targets of the links of an `llms.txt` index (https://llmstxt.org), as they are written. */
export function indexLinks(index: string): string[] {
  return [MARKDOWN_LINKS, BARE_LINKS].flatMap((links) =>
    [...index.matchAll(links)].map(([, target = ""]) => target),
  );
}

/**
 * The Markdown twin of a docs page: the same address with `.md`, without a fragment.
 * Returns `undefined` for what is no page: an image, a spec, the index itself.
 */
export function markdownTwin(link: URL): URL | undefined {
  const twin = new URL(link);
  twin.hash = "";
  if (/\/llms(-full)?\.txt$/.test(twin.pathname)) return undefined;
  if (/\.(md|mdx|txt)$/.test(twin.pathname)) return twin;
  if (/\.[a-z][a-z0-9]{1,4}$/i.test(twin.pathname)) return undefined;
  twin.pathname = twin.pathname.endsWith("/") ? `${twin.pathname}index.md` : `${twin.pathname}.md`;
  return twin;
}

/** The address of a page as a person opens it: without the `.md` of its Markdown twin. */
export function pageAddress(twin: URL): string {
  return twin.href.replace(/\.mdx?(?=$|\?)/, "");
}
