import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createPikzels, type Pikzels } from "pikzels-client";
import { api } from "../../generated/api.js";
import { InterruptedError, UsageError } from "../errors.js";
import { ExitCode } from "../exit-code.js";
import { dollars } from "../operations/price-list.js";
import type { Terminal } from "../terminal/terminal.js";
import { counted, printable } from "../terminal/text.js";
import { Batch, type BatchOptions } from "./batch.js";
import { Journal, JOURNAL_NAME } from "./journal.js";
import { showProgress } from "./progress.js";
import { writeResults, type BatchResult } from "./results.js";
import { RowLog } from "./row-log.js";
import { startRun } from "./run-lock.js";

/** The flags of `batch`. */
export interface BatchFlags {
  readonly out: string;
  readonly operation?: string;
  readonly concurrency: number;
  readonly maxUsd?: number;
  readonly name: string;
  readonly resendUnknown?: boolean;
  readonly takeOver?: boolean;
  readonly json?: boolean;
  readonly baseUrl?: string;
}

/**
 * Does the jobs of a file, or those that are left, and never pays for one twice.
 *
 * @returns The exit code: 0 if every row is done, 3 if it is not known of some whether they were billed.
 */
export async function runBatch(
  file: string,
  flags: BatchFlags,
  terminal: Terminal,
): Promise<number> {
  const options: BatchOptions = {
    file,
    folder: flags.out,
    operation: flags.operation,
    concurrency: flags.concurrency,
    maxUsd: flags.maxUsd,
    name: flags.name,
    resendUnknown: flags.resendUnknown === true,
  };
  const pikzels = createPikzels({
    baseUrl: flags.baseUrl,
    concurrency: flags.concurrency,
    // A batch can wait: what the service refuses for now is worth a few more attempts.
    maxRetries: 8,
  });
  const address = flags.baseUrl ?? process.env["PIKZELS_BASE_URL"] ?? api.baseUrl ?? "";
  const journal = await openJournal(flags.out);
  try {
    const endRun = await startRun(journal, address, flags.takeOver === true);
    try {
      return await go(options, pikzels, new RowLog(journal), terminal, flags.json === true);
    } finally {
      await endRun();
    }
  } finally {
    await journal.close();
  }
}

/** Finds out what is left to do, does it, and reports the result. */
async function go(
  options: BatchOptions,
  pikzels: Pikzels,
  log: RowLog,
  terminal: Terminal,
  asJson: boolean,
): Promise<number> {
  const batch = new Batch(options, pikzels, log);
  await batch.restore();
  const { cost, notes, moreNotes } = await batch.check();
  for (const note of notes) terminal.stderr.write(`${printable(note)}\n`);
  if (moreNotes > 0) terminal.stderr.write(`… and ${counted(moreNotes, "more such row")}\n`);
  terminal.stderr.write(
    `${counted(batch.total, "row")}, ${batch.toSend} of them to be sent, for ${dollars(cost)}\n`,
  );
  const wasInterrupted = await work(batch, terminal);
  const result = await writeResults(batch.rows(), log, options.folder);
  report(batch, result, asJson, terminal);
  return wasInterrupted ? ExitCode.interrupted : exitCodeOf(result, batch.total);
}

async function openJournal(folder: string): Promise<Journal> {
  try {
    await mkdir(folder, { recursive: true });
    return await Journal.open(join(folder, JOURNAL_NAME));
  } catch (cause) {
    const { code = "unknown reason" } = cause as NodeJS.ErrnoException;
    throw new UsageError(`${folder} cannot be written (${code}). Nothing was sent.`, { cause });
  }
}

/** @returns Whether the user interrupted it. */
async function work(batch: Batch, { stderr, onInterrupt }: Terminal): Promise<boolean> {
  let interruptions = 0;
  const forget = onInterrupt(() => {
    interruptions++;
    if (interruptions === 1) {
      batch.stop("interrupted");
      stderr.write(
        `\nStopping: waiting for ${counted(batch.inFlight, "request")} under way. Interrupt again to leave them as unknown.\n`,
      );
    } else {
      batch.abort(new InterruptedError("interrupted while the request was under way"));
    }
  });
  const hide = showProgress(batch, stderr);
  try {
    await batch.run();
  } finally {
    hide();
    forget();
  }
  return interruptions > 0;
}

function exitCodeOf({ counts }: BatchResult, total: number): number {
  if (unknownCount(counts) > 0) return ExitCode.unknown;
  return counts.done === total ? ExitCode.done : ExitCode.refused;
}

function unknownCount({ unknown = 0, sending = 0 }: BatchResult["counts"]): number {
  return unknown + sending;
}

function report(
  { total, budget, stopped }: Batch,
  { counts, problems, moreProblems, file }: BatchResult,
  asJson: boolean,
  { stdout, stderr }: Terminal,
): void {
  for (const problem of problems) stderr.write(`${printable(problem)}\n`);
  if (moreProblems > 0) stderr.write(`… and ${moreProblems} more: see ${printable(file)}\n`);
  if (stopped !== undefined) {
    stderr.write(`Stopped: ${printable(stopped)}. Run it again to go on.\n`);
  }
  const unknown = unknownCount(counts);
  if (unknown > 0) {
    stderr.write(
      `${counted(unknown, "row")} may have been billed. Look into your account; to send what is unknown again, add --resend-unknown.\n`,
    );
  }
  if (asJson) {
    stdout.write(
      `${JSON.stringify({ rows: total, ...counts, cost: budget.spent, results: file })}\n`,
    );
    return;
  }
  const states = Object.entries(counts).map(
    ([state, count]) => `${count} ${STATE_NAMES[state] ?? state}`,
  );
  stdout.write(`${counted(total, "row")}: ${states.join(", ")}\n`);
  stdout.write(`cost     ${dollars(budget.spent)}\nresults  ${printable(file)}\n`);
}

const STATE_NAMES: Readonly<Record<string, string>> = {
  new: "not sent",
  sending: "unknown",
  answered: "not saved yet",
};
