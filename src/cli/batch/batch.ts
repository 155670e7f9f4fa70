import { dirname, resolve } from "node:path";
import { isPikzelsError, type Pikzels } from "pikzels-client";
import { readImage } from "pikzels-client/node";
import { FailureError, UsageError } from "../errors.js";
import { Budget } from "../operations/budget.js";
import { invoke } from "../operations/invoke.js";
import { picturesIn } from "../operations/pictures.js";
import { costOf, type Cost } from "../operations/prices.js";
import { buildRequest } from "../operations/request.js";
import { judge, type Verdict } from "./judge.js";
import { OutputNames } from "./output-names.js";
import { Pool } from "./pool.js";
import type { RowLog } from "./row-log.js";
import { readRows, type Row } from "./rows.js";
import { saveRowPictures } from "./save-pictures.js";

export interface BatchOptions {
  readonly file: string;
  readonly folder: string;
  readonly operation: string | undefined;
  readonly concurrency: number;
  readonly maxUsd: number | undefined;
  readonly name: string;
  readonly resendUnknown: boolean;
}

/** So many requests in a row that fail for no reason of their own mean that the service is not there. */
const MOST_FAILURES = 10;

/** Rows whose pictures are being saved, while the next requests are under way already. */
const SAVING = 10;

/**
 * A batch on its way from a file to a folder. Whatever it does is in the journal first, so that it can be
 * killed at any moment and gone on with later.
 */
export class Batch {
  readonly budget: Budget;
  /** Rows of the file. */
  total = 0;
  /** Rows of this pass that need no more, whatever became of them. */
  settled = 0;
  /** Why no more rows are sent; `undefined` as long as they are. */
  stopped: string | undefined;
  /** Called whenever a row has come further. */
  onProgress: () => void = () => undefined;

  readonly #options: BatchOptions;
  readonly #pikzels: Pikzels;
  readonly #log: RowLog;
  readonly #names: OutputNames;
  readonly #abort = new AbortController();
  readonly #sending: Pool;
  readonly #saving = new Pool(SAVING);
  #failuresInARow = 0;
  #broken: Error | undefined;

  constructor(options: BatchOptions, pikzels: Pikzels, log: RowLog) {
    this.#options = options;
    this.#pikzels = pikzels;
    this.#log = log;
    this.#names = new OutputNames(options.folder, options.name);
    this.#sending = new Pool(options.concurrency);
    this.budget = new Budget(options.maxUsd);
  }

  /** Requests that are under way. */
  get inFlight(): number {
    return this.#sending.size;
  }

  /** Sends no further row; what is under way is waited for. */
  stop(reason: string): void {
    this.stopped ??= reason;
  }

  /** Waits for nothing any more: requests under way become unknown. */
  abort(reason: Error): void {
    this.stop(reason.message);
    this.#abort.abort(reason);
  }

  /** Learns from the journal what earlier runs have done. */
  async restore(): Promise<void> {
    await this.#log.restore(this.budget);
  }

  /**
   * Reads the whole file before anything is sent.
   *
   * @returns What the rows that are still to be sent will cost.
   * @throws {UsageError} Naming every row that cannot be sent, and rows that share a `row_id`.
   */
  async check(): Promise<Cost> {
    const cost = { low: 0, high: 0 };
    for await (const { row, id } of this.rows()) {
      this.total++;
      this.#names.check(row);
      const { operation, values } = row;
      const own = costOf({ operation, body: values });
      if (!own && this.#options.maxUsd !== undefined) {
        throw new UsageError(`The price of ${operation.name} is not known: --max-usd cannot hold.`);
      }
      if (!this.#isToBeSent(id)) continue;
      cost.low += own?.low ?? 0;
      cost.high += own?.high ?? 0;
    }
    if (this.total === 0) throw new UsageError(`${this.#options.file} has no rows.`);
    return cost;
  }

  /** Saves what was paid for earlier, then sends every row that was not. */
  async run(): Promise<void> {
    for (const id of [...this.#log.index.inState("answered")]) {
      await this.#saving.start(() => this.#saveEarlier(id));
    }
    for await (const { row, id } of this.rows()) {
      if (this.stopped !== undefined) break;
      if (!this.#isToBeSent(id)) this.#settle();
      else await this.#sending.start(() => this.#send(id, row));
    }
    await this.#sending.idle();
    await this.#saving.idle();
    if (this.#broken !== undefined) throw this.#broken;
  }

  /** The rows of the file, each with its id. */
  async *rows(): AsyncGenerator<{ row: Row; id: string }> {
    const { file, operation } = this.#options;
    this.#log.index.beginPass();
    for await (const row of readRows(file, operation)) {
      const { givenId, fingerprint, line } = row;
      if (givenId !== undefined && !this.#log.index.see(givenId)) {
        throw new UsageError(`${file}:${line}: the row_id ${givenId} has come before`);
      }
      yield { row, id: givenId ?? this.#log.index.claim(fingerprint) };
    }
  }

  #isToBeSent(id: string): boolean {
    const state = this.#log.state(id);
    if (state === "sending" || state === "unknown") return this.#options.resendUnknown;
    return state === "new" || state === "failed";
  }

  async #send(id: string, row: Row): Promise<void> {
    const { operation, values, line, fingerprint } = row;
    const cost = costOf({ operation, body: values }) ?? { low: 0, high: 0 };
    try {
      if (this.stopped !== undefined) return;
      if (!this.budget.reserve(cost)) {
        this.stop(`--max-usd is reached: the next row costs up to $${cost.high.toFixed(2)}.`);
        return;
      }
      const request = await buildRequest(operation, values, (path) => this.#readImage(path));
      const started = {
        state: "sending",
        line,
        operation: operation.id,
        cost,
        fingerprint,
      } as const;
      await this.#log.add(id, started);
      const { signal } = this.#abort;
      const answer = await invoke(this.#pikzels, request, { signal });
      this.#failuresInARow = 0;
      await this.#keep(id, row, answer);
    } catch (error) {
      await this.#fail(id, cost, error);
    }
  }

  /** Writes down what was paid for before anything else can go wrong, then saves its pictures. */
  async #keep(id: string, row: Row, answer: unknown): Promise<void> {
    const pictures = row.operation.givesPictures ? picturesIn(answer) : [];
    if (pictures.length === 0) {
      await this.#log.add(id, { state: "done", answer, files: [] }, answer);
      this.#settle();
      return;
    }
    const name = this.#names.claim(id, row);
    await this.#log.add(id, { state: "answered", answer, name }, answer);
    await this.#saving.start(() => this.#save(id, answer, name));
  }

  async #saveEarlier(id: string): Promise<void> {
    const entry = await this.#log.latest(id);
    if (entry?.state === "answered") await this.#save(id, entry.answer, entry.name);
  }

  async #save(id: string, answer: unknown, name: string): Promise<void> {
    const { signal } = this.#abort;
    try {
      const { folder } = this.#options;
      const files = await saveRowPictures(picturesIn(answer), folder, name, signal);
      await this.#log.add(id, { state: "done", answer, files });
      this.#names.release(name);
    } catch (error) {
      if (!signal.aborted) await this.#failToSave(id, answer, error).catch(this.#break);
    }
    this.#settle();
  }

  /** The row stays answered, so that the next run saves its pictures, unless they are gone. */
  async #failToSave(id: string, answer: unknown, error: unknown): Promise<void> {
    if (error instanceof FailureError) throw error;
    if (isPikzelsError(error) && error.name === "PikzelsExpiredError") {
      await this.#log.add(id, { state: "lost", answer, reason: error.message });
    } else if (!isPikzelsError(error) || error.name === "PikzelsFileError") {
      // A full or a read-only disk would keep the next pictures out too.
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
    this.#settle();
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

  /** Something went wrong that no row is to blame for: nothing more is sent, and the run ends with it. */
  readonly #break = (fault: unknown): void => {
    this.#broken ??= fault instanceof Error ? fault : new Error(String(fault));
    this.stop("the batch cannot go on");
  };

  #settle(): void {
    this.settled++;
    this.onProgress();
  }

  /** A path in a batch file is one beside that file. */
  #readImage(path: string): Promise<string> {
    return readImage(resolve(dirname(this.#options.file), path));
  }
}
