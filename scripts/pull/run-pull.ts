import { dirname, join } from "node:path";
import { printable } from "../lib/printable.js";
import { startProgress, type Progress } from "../lib/progress.js";
import { readErrorCatalogue } from "./error-catalogue.js";
import { pullPages, type PullOptions, type PullResult } from "./pull-pages.js";
import { nothingUsable, pageLine, summary, warnings } from "./report.js";
import { writeFragments } from "./write-fragments.js";
import { redactKeys } from "../../src/wrappers/redact.js";

export interface PullCommandOptions {
  index: string;
  /** Which document to take if the pages have fragments of several. */
  document?: string | undefined;
  /** Folder for the fragments. */
  out: string;
}

/**
 * Pulls the fragments that an index leads to into a folder. Prints progress, warnings and problems
 * on standard error, and the fragments on standard output.
 *
 * @returns the exit code: 0, or 1 if a page or a block was rejected.
 * @throws {InputError} if nothing is usable; nothing is written then.
 */
export async function runPull({ index, document, out }: PullCommandOptions): Promise<number> {
  const catalogue = await readErrorCatalogue(join(dirname(out), "errors.yaml"));
  const pulled = await pullWithProgress({
    index,
    document,
    knownErrorCodes: [...catalogue.keys()],
  });
  if (pulled.fragments.length === 0) throw nothingUsable(index, pulled);

  const written = await writeFragments(pulled.fragments, out, today());
  process.stdout.write(redactKeys(asLines(summary(pulled, written))));
  const problems = [...warnings(pulled, written, catalogue), ...pulled.problems];
  process.stderr.write(redactKeys(asLines(problems)));
  return pulled.problems.length > 0 ? 1 : 0;
}

async function pullWithProgress(options: PullOptions): Promise<PullResult> {
  let progress: Progress | undefined;
  try {
    return await pullPages({
      ...options,
      onIndex: (pages) => (progress = startProgress("Reading pages", pages)),
      onPage: (report) => progress?.step(printable(pageLine(report))),
    });
  } finally {
    progress?.stop();
  }
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function asLines(lines: readonly string[]): string {
  return lines.map((line) => `${printable(line)}\n`).join("");
}
