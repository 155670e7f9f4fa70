import { dirname, join } from "node:path";
import { printable } from "../lib/printable.js";
import { startProgress, type Progress } from "../lib/progress.js";
import { readErrorCatalogue } from "./error-catalogue.js";
import { pullPages, type PullResult } from "./pull-pages.js";
import { nothingUsable, pageLine, summary, warnings } from "./report.js";
import { writeFragments } from "./write-fragments.js";

/**
 * Pulls the fragments that an index leads to into a folder, and tells what it did: progress,
 * warnings and problems on standard error, the fragments on standard output.
 *
 * @returns the exit code: 0, or 2 when something is wrong with a page.
 * @throws {InputError} when nothing is usable; nothing is written then.
 */
export async function runPull({ index, out }: { index: string; out: string }): Promise<number> {
  const catalogue = await readErrorCatalogue(join(dirname(out), "errors.yaml"));
  const pulled = await pullWithProgress(index, [...catalogue.keys()]);
  if (pulled.fragments.length === 0) throw nothingUsable(index, pulled);

  const written = await writeFragments(pulled.fragments, out, today());
  process.stdout.write(asLines(summary(pulled, written)));
  process.stderr.write(asLines([...warnings(pulled, written, catalogue), ...pulled.problems]));
  return pulled.problems.length > 0 ? 2 : 0;
}

async function pullWithProgress(index: string, knownErrorCodes: string[]): Promise<PullResult> {
  let progress: Progress | undefined;
  try {
    return await pullPages({
      index,
      knownErrorCodes,
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
