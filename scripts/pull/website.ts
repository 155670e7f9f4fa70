import { allInOneFile } from "./all-in-one-file.js";
import type { Docs, DocsPage, PullLimits, SkippedLink } from "./docs.js";
import { fetchText } from "./fetch-text.js";
import { indexLinks, markdownUrl, pageAddress } from "./index-links.js";
import { shownAddress } from "../lib/shown-address.js";

/**
 * Opens the docs that an `llms.txt` on the web lists, or that an `llms-full.txt` contains. Only
 * pages of the index's own origin are read; links to other origins are skipped and reported.
 *
 * @throws {InputError} if the index cannot be read.
 */
export async function openWebsite(
  index: URL,
  limits: PullLimits,
  fetch?: typeof globalThis.fetch,
): Promise<Docs> {
  const options = { ...limits, ...(fetch && { fetch }) };
  const { text, url } = await fetchText(index, { ...options, maxBytes: limits.maxIndexBytes });
  const all = allInOneFile({ file: shownAddress(index.href), text, lineOffset: 0 });
  if (all) return all;

  const { pages, skippedLinks } = pagesOfOrigin(text, url);
  const read = async ({ location: file }: DocsPage) => {
    const page = await fetchText(new URL(file), options);
    return { file, text: page.text, lineOffset: 0 };
  };
  return { pages, skippedLinks, read };
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
    const markdown = markdownUrl(target);
    if (target.origin !== index.origin) skip(`leads to another origin (${target.origin})`);
    else if (target.username || target.password) skip("carries credentials");
    else if (!markdown) skip("is not a Markdown page");
    else pages.set(markdown.href, { address: pageAddress(markdown), location: markdown.href });
  }
  return { pages: [...pages.values()], skippedLinks };
}
