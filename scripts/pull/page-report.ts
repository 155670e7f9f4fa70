import type { OpenApiBlock } from "../lib/openapi-block.js";
import type { DocsPage } from "./docs.js";
import type { ErrorRow } from "./errors-page.js";

/** A published OpenAPI fragment: the block from its page, checked. */
export interface PulledFragment extends OpenApiBlock {
  /**
   * The address at which people read the page, or a file name if only a folder of pages is known.
   */
  page: string;
  /** Its file name, the same whoever pulls it and from where. */
  fileName: string;
  document: Record<string, unknown>;
}

/** The result of reading one page. */
export interface PageReport {
  page: DocsPage;
  /** The documents that its blocks name, each once: `/openapi.json`. */
  documents: string[];
  fragments: PulledFragment[];
  /** Error codes, read only from a page called `errors`. */
  errorRows: ErrorRow[];
  /** One line each, starting with the page's location. */
  problems: string[];
}
