import { FailureError } from "../errors.js";
import type { Budget } from "../operations/budget.js";
import type { RowRecords } from "./job.js";
import type { Journal, RowEntry, RowEvent } from "./journal.js";
import { RowIndex, type RowState } from "./row-index.js";

/** What has become of each row: permanently in the journal, and in memory as far as needed. */
export class RowLog implements RowRecords {
  readonly index = new RowIndex();
  readonly #journal: Journal;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** Reads what earlier runs have done and what that has cost. */
  async restore(budget: Budget): Promise<void> {
    for await (const { entry, offset } of this.#journal.entries()) {
      if (!("row" in entry)) continue;
      const wasSent = this.index.state(entry.row) === "sending";
      if (entry.state === "sending") budget.add(entry.cost);
      if (entry.state === "failed" && wasSent) budget.giveBack(entry.cost);
      this.#note(entry, offset);
    }
  }

  state(id: string): RowState {
    return this.index.state(id);
  }

  /** The latest entry of a row; `undefined` if it was never sent. */
  async latest(id: string): Promise<RowEntry | undefined> {
    if (this.state(id) === "new") return undefined;
    const entry = await this.#journal.read(this.index.offset(id));
    return entry && "row" in entry ? entry : undefined;
  }

  /**
   * Adds an entry of a row, and resolves once it is on the disk.
   *
   * @param paid What the service answered, if this entry is the first that holds it: if it cannot be written
   * down, it is at least told.
   * @throws {FailureError} If the journal cannot be written.
   */
  async add(id: string, event: RowEvent, paid?: unknown): Promise<void> {
    const entry = { row: id, at: new Date().toISOString(), ...event };
    try {
      this.#note(entry, await this.#journal.append(entry));
    } catch (error) {
      if (paid === undefined || !(error instanceof FailureError)) throw error;
      throw new FailureError(`${error.message} Row ${id} was paid for: ${JSON.stringify(paid)}`);
    }
  }
  #note(entry: RowEntry, offset: number): void {
    const fingerprint = entry.state === "sending" ? entry.fingerprint : undefined;
    this.index.set(entry.row, entry.state, offset, fingerprint);
  }
}
