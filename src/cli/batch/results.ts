import { createWriteStream } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { FailureError } from "../errors.js";
import { JOURNAL_NAME, type RowEntry } from "./journal.js";
import type { RowState } from "./row-index.js";
import type { RowLog } from "./row-log.js";
import type { Row } from "./rows.js";

/** The result of a batch. */
export interface BatchResult {
  /** How many rows of the file are in each state. */
  readonly counts: Readonly<Partial<Record<RowState, number>>>;
  /** The first rows that did not end well, a line each. */
  readonly problems: readonly string[];
  /** How many more rows did not end well. */
  readonly moreProblems: number;
  /** The file with an entry for each row that was sent. */
  readonly file: string;
}

const MOST_PROBLEMS = 10;

/**
 * Writes `results.ndjson`: for each row that was sent, in the order of the batch file, what came of it. The
 * journal has the same, in the order in which it happened.
 *
 * @throws {FailureError} If the file cannot be written.
 */
export async function writeResults(
  rows: AsyncIterable<{ row: Row; id: string }>,
  log: RowLog,
  folder: string,
): Promise<BatchResult> {
  const file = join(folder, "results.ndjson");
  const counts: Partial<Record<RowState, number>> = {};
  const problems: string[] = [];
  let moreProblems = 0;

  async function* lines() {
    for await (const { row, id } of rows) {
      const entry = await log.latest(id);
      const outcome = entry && outcomeOf(entry);
      const state = outcome?.state ?? "new";
      counts[state] = (counts[state] ?? 0) + 1;
      if (!outcome) continue;
      yield `${JSON.stringify({ line: row.line, operation: row.operation.name, row: id, ...outcome })}\n`;
      if (state === "done") continue;
      if (problems.length === MOST_PROBLEMS) moreProblems++;
      else problems.push(`line ${row.line} (${id}): ${state}: ${outcome.reason ?? ""}`);
    }
  }

  const unfinished = `${file}.unfinished`;
  try {
    await pipeline(lines, createWriteStream(unfinished));
    await rename(unfinished, file);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === undefined) throw cause;
    const journal = join(folder, JOURNAL_NAME);
    throw new FailureError(
      `${file} cannot be written (${code}). What was paid for is in ${journal}: run the batch again to write the results, which pays for nothing twice.`,
      { cause },
    );
  }
  return { counts, problems, moreProblems, file };
}

/** The outcome of a row, without what only resuming needs. */
function outcomeOf(entry: RowEntry): { state: RowState; reason?: string } {
  switch (entry.state) {
    case "sending":
      return {
        state: "unknown",
        reason: "the run ended while its request was under way; it may have been billed",
      };
    case "answered":
      return {
        ...entry,
        reason: "paid for, but its pictures are not saved yet: run the batch again",
      };
    case "failed":
      return { state: entry.state, reason: entry.reason };
    default:
      return entry;
  }
}
