import pLimit from "p-limit";
import { InputError } from "../lib/input-error.js";
import { openApiBlocks, type OpenApiBlock } from "../lib/openapi-block.js";
import { checkFragment } from "./check-fragment.js";
import {
  defaultLimits,
  type Docs,
  type DocsPage,
  type PullLimits,
  type SkippedLink,
} from "./docs.js";
import { errorRows, isErrorsPage, type ErrorRow } from "./errors-page.js";
import { onePerOperation } from "./one-per-operation.js";
import { openDocs } from "./open-docs.js";

/** A published OpenAPI fragment: the block as its page carries it, checked. */
export interface PulledFragment extends OpenApiBlock {
  /** Where its readers find the page; a file name where only a folder of pages is known. */
  page: string;
  /** What its file is called, whoever pulls it and from wherever. */
  fileName: string;
  document: Record<string, unknown>;
}

/** What became of one page. */
export interface PageReport {
  page: DocsPage;
  fragments: PulledFragment[];
  /** Error codes, read only off a page that is called `errors`. */
  errorRows: ErrorRow[];
  /** One line each, beginning with the page's location. */
  problems: string[];
}

export interface PullOptions extends Partial<PullLimits> {
  /** The address of an `llms.txt`, a file of that kind, or a folder of pages. */
  index: string;
  /** Error codes that are known already; see `errorRows`. */
  knownErrorCodes?: readonly string[];
  fetch?: typeof fetch;
  /** Called once, when the index is read. */
  onIndex?: (pageCount: number) => void;
  /** Called as each page is done, in the order in which they finish. */
  onPage?: (report: PageReport) => void;
}

export interface PullResult {
  /** One per operation, in the order of the pages, however fast each page answered. */
  fragments: PulledFragment[];
  pages: PageReport[];
  skippedLinks: SkippedLink[];
  /** Everything that is wrong, one line each: bad pages, bad blocks, contradicting pages. */
  problems: string[];
}

/**
 * Reads the pages that a docs index lists and takes the OpenAPI fragments and the error codes out
 * of them. A page that cannot be read or is not right ends up in `problems` and holds up none of
 * the others. Writes nothing.
 *
 * @throws {InputError} when the index itself cannot be read or lists too many pages.
 *
 * @example
 * const { fragments, problems } = await pullPages({ index: "https://docs.pikzels.com/llms.txt" });
 */
export async function pullPages(options: PullOptions): Promise<PullResult> {
  const limits = { ...defaultLimits, ...options };
  const docs = await openDocs(options.index, limits, options.fetch);
  options.onIndex?.(docs.pages.length);

  const pages = await pLimit(limits.concurrency).map(docs.pages, async (page) => {
    const report = await pullPage(docs, page, options.knownErrorCodes);
    options.onPage?.(report);
    return report;
  });

  const { fragments, contradictions } = onePerOperation(pages.flatMap((page) => page.fragments));
  const problems = [...pages.flatMap((page) => page.problems), ...contradictions];
  return { fragments, pages, skippedLinks: docs.skippedLinks, problems };
}

async function pullPage(
  docs: Docs,
  page: DocsPage,
  knownErrorCodes?: readonly string[],
): Promise<PageReport> {
  const report: PageReport = { page, fragments: [], errorRows: [], problems: [] };
  const text = await docs.read(page).catch((error: unknown) => {
    report.problems.push(...problemsOf(error, page));
    return "";
  });
  for (const block of openApiBlocks({ file: page.location, text, lineOffset: 0 })) {
    try {
      report.fragments.push({ ...block, ...checkFragment(block), page: page.address });
    } catch (error) {
      report.problems.push(...problemsOf(error, page));
    }
  }
  if (isErrorsPage(page.location)) report.errorRows = errorRows(text, knownErrorCodes);
  return report;
}

function problemsOf(error: unknown, { location }: DocsPage): string[] {
  if (error instanceof InputError) return error.message.split("\n");
  // A fault of ours, not of the page; even so it costs only this page.
  return [`${location}: failed unexpectedly: ${String(error)}`];
}
