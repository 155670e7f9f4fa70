import type { Docs, DocsPage, PullLimits, SkippedLink } from "./docs.js";
import { fetchText } from "./fetch-text.js";
import { indexLinks, markdownTwin, pageAddress } from "./index-links.js";

/**
 * Opens the docs that an `llms.txt` on the web lists. Only pages of the index's own origin are
 * read; links to elsewhere are skipped and told.
 *
 * @throws {InputError} when the index cannot be read.
 */
export async function openWebsite(
  index: URL,
  limits: PullLimits,
  fetch?: typeof globalThis.fetch,
): Promise<Docs> {
  const options = { ...limits, ...(fetch && { fetch }) };
  const { pages, skippedLinks } = pagesOfOrigin(await fetchText(index, options), index);
  return {
    pages,
    skippedLinks,
    read: (page) => fetchText(new URL(page.location), options),
  };
}

function pagesOfOrigin(text: string, index: URL): Pick<Docs, "pages" | "skippedLinks"> {
  const pages = new Map<string, DocsPage>();
  const skippedLinks: SkippedLink[] = [];
  for (const link of new Set(indexLinks(text))) {
    const skip = (reason: string) => skippedLinks.push({ link, reason });
    if (!URL.canParse(link, index)) {
      skip("is not an address");
      continue;
    }
    const target = new URL(link, index);
    const twin = markdownTwin(target);
    if (target.origin !== index.origin) skip(`leads to another origin (${target.origin})`);
    else if (target.username || target.password) skip("carries credentials");
    else if (!twin) skip("is not a Markdown page");
    else pages.set(twin.href, { address: pageAddress(twin), location: twin.href });
  }
  return { pages: [...pages.values()], skippedLinks };
}
