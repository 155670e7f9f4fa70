import pLimit from "p-limit";
import { InputError } from "../lib/input-error.js";
import { openApiBlocks, withSlash } from "../lib/openapi-block.js";
import { checkFragment, unannouncedProblem } from "./check-fragment.js";
import { checkDocument } from "./check-document.js";
import {
  defaultLimits,
  type Docs,
  type DocsPage,
  type PullLimits,
  type SkippedLink,
} from "./docs.js";
import { errorRows, isErrorsPage } from "./errors-page.js";
import { openDocs } from "./open-docs.js";
import type { PageReport, PulledFragment } from "./page-report.js";
import { uniqueFragments } from "./unique-fragments.js";

export interface PullOptions extends Partial<PullLimits> {
  /** The address of an `llms.txt` or `llms-full.txt`, a file of that kind, or a folder of pages. */
  index: string;
  /** Which document to take if the pages have fragments of several: `/v2.json`. */
  document?: string | undefined;
  /** The user's command, for advice in messages. @default `npm run pull -- --index …` */
  command?: string;
  /** Error codes that are already known; see `errorRows`. */
  knownErrorCodes?: readonly string[];
  fetch?: typeof fetch;
  /** Called once, when the index has been read. */
  onIndex?: (pageCount: number) => void;
  /** Called when a page is done, in the order in which pages finish. */
  onPage?: (report: PageReport) => void;
}

export interface PullResult {
  /** One per operation, in the order of the pages, regardless of how fast each page answered. */
  fragments: PulledFragment[];
  pages: PageReport[];
  skippedLinks: SkippedLink[];
  /** Everything that is wrong, one line each: bad pages, bad blocks, contradicting pages. */
  problems: string[];
}

/**
 * Reads the pages that a docs index lists and extracts their OpenAPI fragments and error codes. A
 * page that is unreadable or invalid ends up in `problems` and does not hold up the others. Writes
 * nothing.
 *
 * @throws {InputError} if the index itself cannot be read or lists too many pages, or if its pages
 *   belong to several documents and `document` chooses none.
 *
 * @example
 * const { fragments, problems } = await pullPages({ index: "https://docs.pikzels.com/llms.txt" });
 */
export async function pullPages(options: PullOptions): Promise<PullResult> {
  const limits = { ...defaultLimits, ...options };
  const { index, command = `npm run pull -- --index ${index}` } = options;
  const document = options.document === undefined ? undefined : withSlash(options.document);
  const docs = await openDocs(index, limits, options.fetch);
  options.onIndex?.(docs.pages.length);

  const pages = await pLimit(limits.concurrency).map(docs.pages, async (page) => {
    const report = await pullPage(docs, page, { ...options, document });
    options.onPage?.(report);
    return report;
  });

  checkDocument(pages, { document, command });
  const { fragments, contradictions } = uniqueFragments(pages.flatMap((page) => page.fragments));
  const problems = [...pages.flatMap((page) => page.problems), ...contradictions];
  return { fragments, pages, skippedLinks: docs.skippedLinks, problems };
}

async function pullPage(
  docs: Docs,
  page: DocsPage,
  { document, knownErrorCodes }: PullOptions,
): Promise<PageReport> {
  const report: PageReport = { page, documents: [], fragments: [], errorRows: [], problems: [] };
  const source = await docs.read(page).catch((error: unknown) => {
    report.problems.push(...problemsOf(error, page));
    return undefined;
  });
  if (!source) return report;

  const { announced, unannounced } = openApiBlocks(source);
  const named = announced.flatMap((block) => block.source.document ?? []);
  report.documents = [...new Set(named)];
  for (const block of announced) {
    if (document !== undefined && (block.source.document ?? document) !== document) continue;
    try {
      report.fragments.push({ ...block, ...checkFragment(block), page: page.address });
    } catch (error) {
      report.problems.push(...problemsOf(error, page));
    }
  }
  report.problems.push(...unannounced.map(unannouncedProblem));
  if (isErrorsPage(page)) report.errorRows = errorRows(source.text, knownErrorCodes);
  return report;
}

function problemsOf(error: unknown, { location }: DocsPage): string[] {
  if (error instanceof InputError) return error.message.split("\n");
  // Our own bug, not the page's fault; even so it affects only this page.
  return [`${location}: failed unexpectedly: ${String(error)}`];
}
