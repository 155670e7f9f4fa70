import type { OpenApiBlock } from "../lib/openapi-block.js";
import type { DocsPage } from "./docs.js";
import type { ErrorRow } from "./errors-page.js";

/** A published OpenAPI fragment: the block as its page carries it, checked. */
export interface PulledFragment extends OpenApiBlock {
  /** The address at which people read the page; a file name if only a folder of pages is known. */
  page: string;
  /** What its file is called, whoever pulls it and wherever from. */
  fileName: string;
  document: Record<string, unknown>;
}

/** What became of one page. */
export interface PageReport {
  page: DocsPage;
  /** The documents that its blocks name, each once: `/openapi.json`. */
  documents: string[];
  fragments: PulledFragment[];
  /** Error codes, read only off a page that is called `errors`. */
  errorRows: ErrorRow[];
  /** One line each, beginning with the page's location. */
  problems: string[];
}
