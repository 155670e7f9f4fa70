import { isPikzelsError, type Pikzels } from "pikzels-client";
import { FailureError, UsageError } from "../errors.js";
import { Budget } from "../operations/budget.js";
import type { Cost } from "../operations/price-list.js";
import { costOf } from "../operations/prices.js";
import {
  costOfRow,
  readersBeside,
  saveRow,
  sendRow,
  type JobContext,
  type PaidRow,
} from "./job.js";
import { judge, type Verdict } from "./judge.js";
import { OutputNames } from "./output-names.js";
import { Pool } from "./pool.js";
import type { RowLog } from "./row-log.js";
import { MOST_PROBLEMS, readIdentifiedRows, type IdentifiedRow, type Row } from "./rows.js";

export interface BatchOptions {
  readonly file: string;
  readonly folder: string;
  readonly operation: string | undefined;
  readonly concurrency: number;
  readonly maxUsd: number | undefined;
  readonly name: string;
  readonly resendUnknown: boolean;
}

/** The part of a batch file that is still to be sent. */
interface Check {
  readonly cost: Cost;
  /** What was changed in the prompts of the first rows, one line each. */
  readonly notes: readonly string[];
  /** How many more rows have such notes. */
  readonly moreNotes: number;
}

/** This many failures in a row that no row is to blame for mean that the service is unavailable. */
const MOST_FAILURES = 10;

/** Rows whose pictures are being saved while the next requests are already in flight. */
const SAVING = 10;

/**
 * Works through a batch. Whatever it does is written to the journal first, so that it can be killed
 * at any moment and resumed later.
 */
export class Batch {
  readonly budget: Budget;
  /** Rows of the file. */
  total = 0;
  /** Rows that this run is to send. */
  toSend = 0;
  /** Rows of this run that need no further work, whatever their outcome. */
  finished = 0;
  /** Those of them that this run does not send. */
  skipped = 0;
  /** Why no further rows are sent; `undefined` while they are. */
  stopped: string | undefined;

  readonly #options: BatchOptions;
  readonly #log: RowLog;
  readonly #context: JobContext;
  readonly #names: OutputNames;
  readonly #abort = new AbortController();
  readonly #sending: Pool;
  readonly #saving = new Pool(SAVING);
  #failuresInARow = 0;
  #broken: Error | undefined;

  constructor(options: BatchOptions, pikzels: Pikzels, log: RowLog) {
    const { file, folder } = options;
    this.#options = options;
    this.#log = log;
    this.#context = {
      pikzels,
      records: log,
      readers: readersBeside(file),
      folder,
      signal: this.#abort.signal,
    };
    this.#names = new OutputNames(folder, options.name);
    this.#sending = new Pool(options.concurrency);
    this.budget = new Budget(options.maxUsd);
  }

  /** Requests in flight. */
  get inFlight(): number {
    return this.#sending.size;
  }

  /** Sends no further row; requests in flight are awaited. */
  stop(reason: string): void {
    this.stopped ??= reason;
  }

  /** Stops waiting: the outcome of requests in flight becomes unknown. */
  abort(reason: Error): void {
    this.stop(reason.message);
    this.#abort.abort(reason);
  }

  /** Reads from the journal what earlier runs have done. */
  async restore(): Promise<void> {
    await this.#log.restore(this.budget);
  }

  /**
   * Reads the whole file before anything is sent.
   *
   * @throws {UsageError} Naming every row that cannot be sent, and rows that share a `row_id`.
   */
  async check(): Promise<Check> {
    const { file, maxUsd } = this.#options;
    const cost = { low: 0, high: 0 };
    const notes: string[] = [];
    const changed: string[] = [];
    let moreNotes = 0;
    for await (const { row, id } of this.rows()) {
      this.total++;
      this.#names.check(row);
      const { operation, values, line } = row;
      const own = costOf({ operation, body: values });
      if (!own && maxUsd !== undefined) {
        throw new UsageError(`The price of ${operation.name} is not known: --max-usd cannot hold.`);
      }
      if (!this.#isToBeSent(id)) {
        if (this.#log.index.wasSentOtherwise(id, row.fingerprint))
          changed.push(changedRow(file, line, id));
        if (changed.length === MOST_PROBLEMS) break;
        continue;
      }
      this.toSend++;
      cost.low += own?.low ?? 0;
      cost.high += own?.high ?? 0;
      if (row.notes.length === 0) continue;
      if (notes.length < MOST_PROBLEMS) notes.push(`line ${line}: ${row.notes.join(" ")}`);
      else moreNotes++;
    }
    if (changed.length > 0) throw new UsageError(changed.join("\n"));
    if (this.total === 0) throw new UsageError(`${file} has no rows.`);
    return { cost, notes, moreNotes };
  }

  /** Saves pictures that earlier runs paid for, then sends every row that was not paid for. */
  async run(): Promise<void> {
    for (const id of [...this.#log.index.inState("answered")]) {
      await this.#saving.start(() => this.#saveEarlier(id));
    }
    for await (const { row, id } of this.rows()) {
      if (this.stopped !== undefined) break;
      if (!this.#isToBeSent(id)) this.#skipRow();
      else await this.#sending.start(() => this.#send(id, row));
    }
    await this.#sending.idle();
    await this.#saving.idle();
    if (this.#broken !== undefined) throw this.#broken;
  }

  /** The rows of the file, each with its id. */
  rows(): AsyncGenerator<IdentifiedRow> {
    const { file, operation } = this.#options;
    return readIdentifiedRows(file, operation, this.#log.index);
  }

  #isToBeSent(id: string): boolean {
    const state = this.#log.state(id);
    if (state === "sending" || state === "unknown") return this.#options.resendUnknown;
    return state === "new" || state === "failed";
  }

  async #send(id: string, row: Row): Promise<void> {
    const cost = costOfRow(row);
    try {
      if (this.stopped !== undefined) return;
      if (!this.budget.reserve(cost)) {
        this.stop(`--max-usd is reached: the next row costs up to $${cost.high.toFixed(2)}.`);
        return;
      }
      const paid = await sendRow(id, row, () => this.#names.reserve(id, row), this.#context);
      this.#failuresInARow = 0;
      if (paid) await this.#saving.start(() => this.#save(id, paid).then(this.#countRow));
      else this.#countRow();
    } catch (error) {
      await this.#fail(id, cost, error);
    }
  }

  async #saveEarlier(id: string): Promise<void> {
    const entry = await this.#log.latest(id);
    if (entry?.state === "answered") await this.#save(id, entry);
  }

  async #save(id: string, paid: PaidRow): Promise<void> {
    try {
      await saveRow(id, paid, this.#context);
      this.#names.release(paid.name);
    } catch (error) {
      if (!this.#abort.signal.aborted) this.#failToSave(error);
    }
  }

  /** The row stays answered, so that the next run saves its pictures. */
  #failToSave(error: unknown): void {
    if (error instanceof FailureError) this.#break(error);
    else if (!isPikzelsError(error) || error.name === "PikzelsFileError") {
      // A full or read-only disk would keep the next pictures out too.
      this.stop(`Pictures cannot be saved: ${(error as Error).message}`);
    }
  }

  async #fail(id: string, cost: Cost, error: unknown): Promise<void> {
    const verdict = judge(error);
    try {
      if (verdict.isFault) throw error;
      await this.#noteFailure(id, cost, verdict);
    } catch (fault) {
      this.#break(fault);
    }
    this.#countRow();
  }

  async #noteFailure(
    id: string,
    cost: Cost,
    { state, reason, requestId, stops, isOwn }: Verdict,
  ): Promise<void> {
    if (state === "unknown") {
      await this.#log.add(id, { state, reason, ...(requestId !== undefined && { requestId }) });
      return;
    }
    this.budget.giveBack(cost);
    await this.#log.add(id, { state: "failed", reason, cost });
    this.#failuresInARow = isOwn ? 0 : this.#failuresInARow + 1;
    if (stops) this.stop(reason);
    if (this.#failuresInARow >= MOST_FAILURES) {
      this.stop(`${MOST_FAILURES} requests in a row failed; the last one: ${reason}`);
    }
  }

  /** A failure that no row is to blame for: nothing more is sent, and the run ends with it. */
  readonly #break = (fault: unknown): void => {
    this.#broken ??= fault instanceof Error ? fault : new Error(String(fault));
    this.stop("the batch cannot go on");
  };

  #skipRow(): void {
    this.skipped++;
    this.#countRow();
  }

  readonly #countRow = (): void => {
    this.finished++;
  };
}

function changedRow(file: string, line: number, id: string): string {
  return `${file}:${line}: the row ${id} was sent with other content, and is not sent again: give what is new a row_id of its own, or restore the row`;
}
