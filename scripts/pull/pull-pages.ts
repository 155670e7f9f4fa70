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
import { openFolder } from "./folder.js";
import { onePerOperation } from "./one-per-operation.js";
import { openWebsite } from "./website.js";

/** A published OpenAPI fragment: the block as its page carries it, checked. */
export interface PulledFragment extends OpenApiBlock {
  /** Where its readers find the page. */
  page: string;
  /** What its file is called, whoever pulls it and from wherever. */
  fileName: string;
  document: Record<string, unknown>;
}

/** What became of one page. */
export interface PageReport {
  page: DocsPage;
  fragments: PulledFragment[];
  /** One line each, beginning with the page's location. */
  problems: string[];
  /** The page's text; empty where it could not be read. */
  text: string;
}

export interface PullOptions extends Partial<PullLimits> {
  /** The address of an `llms.txt`, a file of that kind, or a folder of pages. */
  index: string;
  fetch?: typeof fetch;
  /** Called as soon as the index is read. */
  onIndex?: (docs: Pick<Docs, "pages" | "skippedLinks">) => void;
  /** Called as each page is done, in the order they finish. */
  onPage?: (report: PageReport) => void;
}

export interface PullResult {
  /** One per operation, in the order of the index's pages, however fast each page answered. */
  fragments: PulledFragment[];
  pages: PageReport[];
  skippedLinks: SkippedLink[];
  /** Everything that is wrong, one line each: bad pages, bad blocks, contradicting pages. */
  problems: string[];
}

/**
 * Reads the pages that a docs index lists and takes the OpenAPI fragments out of them. A page that
 * cannot be read or is not right ends up in `problems` and holds up none of the others.
 *
 * @throws {InputError} when the index itself cannot be read or lists too many pages.
 *
 * @example
 * const { fragments, problems } = await pullPages({ index: "https://docs.pikzels.com/llms.txt" });
 */
export async function pullPages(options: PullOptions): Promise<PullResult> {
  const limits = { ...defaultLimits, ...options };
  const docs = await openDocs(options.index, limits, options.fetch);
  if (docs.pages.length > limits.maxPages) {
    throw new InputError(
      `${options.index}: lists ${docs.pages.length} pages, more than ${limits.maxPages}; none was read`,
    );
  }
  options.onIndex?.(docs);

  const limit = pLimit(limits.concurrency);
  const pages = await limit.map(docs.pages, async (page) => {
    const report = await pullPage(docs, page);
    options.onPage?.(report);
    return report;
  });

  const { fragments, contradictions } = onePerOperation(pages.flatMap((page) => page.fragments));
  const problems = [...pages.flatMap((page) => page.problems), ...contradictions];
  return { fragments, pages, skippedLinks: docs.skippedLinks, problems };
}

function openDocs(
  index: string,
  limits: PullLimits,
  fetch?: typeof globalThis.fetch,
): Promise<Docs> {
  return /^https?:/i.test(index)
    ? openWebsite(new URL(index), limits, fetch)
    : openFolder(index, limits);
}

async function pullPage(docs: Docs, page: DocsPage): Promise<PageReport> {
  const report: PageReport = { page, fragments: [], problems: [], text: "" };
  try {
    report.text = await docs.read(page);
  } catch (error) {
    report.problems.push(asProblem(error));
  }
  for (const block of openApiBlocks({ file: page.location, text: report.text, lineOffset: 0 })) {
    try {
      report.fragments.push({ ...block, ...checkFragment(block), page: page.address });
    } catch (error) {
      report.problems.push(asProblem(error));
    }
  }
  return report;
}

/** Bad input is reported with its page; a fault of ours must not pass as one. */
function asProblem(error: unknown): string {
  if (error instanceof InputError) return error.message;
  throw error;
}
