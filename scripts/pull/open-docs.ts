import { InputError } from "../lib/input-error.js";
import { shownAddress } from "../lib/shown-address.js";
import type { Docs, DocsPage, PullLimits } from "./docs.js";
import { openFolder } from "./folder.js";
import { openWebsite } from "./website.js";

/**
 * Opens the docs that an index lists: an `llms.txt` or `llms-full.txt` by its address, a file of
 * that kind, or a folder of pages.
 *
 * @throws {InputError} if there is no such index, or it lists more pages than the limit.
 */
export async function openDocs(
  index: string,
  limits: PullLimits,
  fetch?: typeof globalThis.fetch,
): Promise<Docs> {
  const docs = /^[a-z][a-z\d+.-]+:/i.test(index)
    ? await openWebsite(webAddress(index), limits, fetch)
    : await openFolder(index, limits);
  const { length } = docs.pages;
  if (length > limits.maxPages) {
    throw new InputError(
      `${shownAddress(index)}: lists ${length} pages, more than ${limits.maxPages}; none was read`,
    );
  }
  return { ...docs, pages: docs.pages.toSorted(byLocation) };
}

function webAddress(index: string): URL {
  const url = URL.canParse(index) ? new URL(index) : undefined;
  if (!url?.protocol.startsWith("http")) {
    throw new InputError(`${shownAddress(index)}: is not an https address, a file or a folder`);
  }
  if (url.username || url.password) {
    throw new InputError("The index's address carries credentials, which pull does not send");
  }
  return url;
}

function byLocation(a: DocsPage, b: DocsPage): number {
  return a.location < b.location ? -1 : 1;
}
