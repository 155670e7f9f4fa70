import type { SourceText } from "../lib/source-text.js";

/** One page that an index lists. */
export interface DocsPage {
  /** The address at which people read the page: what `spec/sources.yaml` records. */
  address: string;
  /** What is read: the address of the page's Markdown, or a file. Messages name this. */
  location: string;
}

/** A link of an index that is not followed. */
export interface SkippedLink {
  link: string;
  reason: string;
}

/** Documentation pages: a website, a folder, or one file that holds them all. */
export interface Docs {
  /** Each page once; `openDocs` gives them in the order of their locations, not of the index. */
  pages: DocsPage[];
  skippedLinks: SkippedLink[];
  /**
   * Reads a page.
   *
   * @throws {InputError} one line that begins with the page's location.
   */
  read: (page: DocsPage) => Promise<SourceText>;
}

/** How much a pull may take, so that no page and no index can hold it up or fill the memory. */
export interface PullLimits {
  /** Pages read at the same time. */
  concurrency: number;
  /** Milliseconds a page may take, its redirects and the whole body included. */
  timeoutMs: number;
  /** Bytes of a page after decompression. */
  maxBytes: number;
  /** Bytes of an index: `llms-full.txt` holds every page of its site. */
  maxIndexBytes: number;
  /** Pages an index may list. */
  maxPages: number;
}

export const defaultLimits: PullLimits = {
  concurrency: 8,
  timeoutMs: 20_000,
  maxBytes: 2_000_000,
  maxIndexBytes: 50_000_000,
  maxPages: 2000,
};
