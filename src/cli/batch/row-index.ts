import type { RowEntry } from "./journal.js";

export type RowState = RowEntry["state"] | "new";

/** In this order their numbers are packed. */
const STATES: readonly RowState[] = [
  "new",
  "sending",
  "answered",
  "done",
  "failed",
  "unknown",
  "lost",
];

/**
 * The states of all rows of a batch, by their ids. A row takes one number, so that a million of them fit
 * in some hundred megabytes; everything else that is known of it stands in the journal.
 */
export class RowIndex {
  /** Of each row: the offset of its latest entry × 64 + the pass that saw it last × 8 + its state. */
  readonly #rows = new Map<string, number>();
  #pass = 0;

  /** Begins to go through the batch file from its first row on. */
  beginPass(): void {
    this.#pass = (this.#pass + 1) % 8;
  }

  /**
   * The id of the next row of this pass. Rows that ask for the same thing are told apart by how many have
   * come before, so a row keeps its id wherever it stands in the file.
   */
  claim(fingerprint: string): string {
    for (let count = 1; ; count++) {
      const id = count === 1 ? fingerprint : `${fingerprint}-${count}`;
      if (this.see(id)) return id;
    }
  }

  /** Notes that this pass has come to a row; `false` if it has been there before. */
  see(id: string): boolean {
    const packed = this.#rows.get(id) ?? 0;
    if (this.#passOf(packed) === this.#pass) return false;
    this.#rows.set(id, this.#pack(packed % 8, this.#pass, Math.floor(packed / 64)));
    return true;
  }

  state(id: string): RowState {
    return STATES[(this.#rows.get(id) ?? 0) % 8] ?? "new";
  }

  /** Where in the journal a row's latest entry is. */
  offset(id: string): number {
    return Math.floor((this.#rows.get(id) ?? 0) / 64);
  }

  set(id: string, state: RowState, offset: number): void {
    const pass = this.#passOf(this.#rows.get(id) ?? 0);
    this.#rows.set(id, this.#pack(STATES.indexOf(state), pass, offset));
  }

  /** The rows in a state, in the order in which they were first heard of. */
  *inState(wanted: RowState): Generator<string> {
    const number = STATES.indexOf(wanted);
    for (const [id, packed] of this.#rows) if (packed % 8 === number) yield id;
  }

  #passOf(packed: number): number {
    return Math.floor(packed / 8) % 8;
  }

  #pack(state: number, pass: number, offset: number): number {
    return offset * 64 + pass * 8 + state;
  }
}
