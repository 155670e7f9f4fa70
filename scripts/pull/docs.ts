import type { SourceText } from "../lib/source-text.js";

/** A page that an index lists. */
export interface DocsPage {
  /** The address at which people read the page, as recorded in `spec/sources.yaml`. */
  address: string;
  /** What is read: the address of the page's Markdown, or a file. Messages name this. */
  location: string;
}

/** A link of an index that is not followed. */
export interface SkippedLink {
  link: string;
  reason: string;
}

/** Documentation pages from a website, a folder, or a single file that contains them all. */
export interface Docs {
  /** Each page once. `openDocs` sorts them by location, not in the order of the index. */
  pages: DocsPage[];
  skippedLinks: SkippedLink[];
  /**
   * Reads a page.
   *
   * @throws {InputError} one line that starts with the page's location.
   */
  read: (page: DocsPage) => Promise<SourceText>;
}

/** Limits of a pull, so that no page and no index can stall it or exhaust the memory. */
export interface PullLimits {
  /** Pages read at the same time. */
  concurrency: number;
  /** Milliseconds for a page, including redirects and the whole body. */
  timeoutMs: number;
  /** Bytes of a page after decompression. */
  maxBytes: number;
  /** Bytes of an index: `llms-full.txt` contains every page of its site. */
  maxIndexBytes: number;
  /** Pages that an index may list. */
  maxPages: number;
}

export const defaultLimits: PullLimits = {
  concurrency: 8,
  timeoutMs: 20_000,
  maxBytes: 2_000_000,
  maxIndexBytes: 50_000_000,
  maxPages: 2000,
};
