import type { RowEntry } from "./journal.js";

export type RowState = RowEntry["state"] | "new";

/** A state is stored as its index in this list. */
const STATES: readonly RowState[] = [
  "new",
  "sending",
  "answered",
  "done",
  "failed",
  "unknown",
  "lost",
];

/** What is stored for each row, one array per field: 14 bytes a row. */
interface Columns {
  /** The state of the latest entry. */
  readonly state: Uint8Array;
  /** Where in the journal that entry begins. */
  readonly offset: Float64Array;
  /** The latest pass over the batch file that has reached the row; a run makes three. */
  readonly pass: Uint8Array;
  /** 32 bits of the fingerprint of what was sent; 0 if nothing was. */
  readonly content: Uint32Array;
}

/**
 * The states of all rows of a batch, by id. Only numbers are kept, so that a million rows fit in a
 * few hundred megabytes; everything else about a row is in the journal.
 */
export class RowIndex {
  readonly #places = new Map<string, number>();
  #columns = columnsFor(1024);
  #pass = 0;

  /** Starts a pass over the batch file at its first row. */
  beginPass(): void {
    this.#pass++;
  }

  /**
   * The id of the next row of this pass. Rows that ask for the same thing are told apart by how many have
   * come before, so a row keeps its id wherever it stands in the file.
   */
  reserve(fingerprint: string): string {
    for (let count = 1; ; count++) {
      const id = count === 1 ? fingerprint : `${fingerprint}-${count}`;
      if (this.see(id)) return id;
    }
  }

  /** Notes that this pass has reached a row; `false` if it already had. */
  see(id: string): boolean {
    const place = this.#place(id);
    if (this.#columns.pass[place] === this.#pass) return false;
    this.#columns.pass[place] = this.#pass;
    return true;
  }

  state(id: string): RowState {
    const place = this.#places.get(id);
    return place === undefined ? "new" : this.#stateAt(place);
  }

  /** Where in the journal a row's latest entry is. */
  offset(id: string): number {
    return this.#columns.offset[this.#place(id)] ?? 0;
  }

  /** Notes the latest entry of a row; one that says what is sent has its fingerprint. */
  set(id: string, state: RowState, offset: number, fingerprint?: string): void {
    const place = this.#place(id);
    this.#columns.state[place] = STATES.indexOf(state);
    this.#columns.offset[place] = offset;
    if (fingerprint !== undefined) this.#columns.content[place] = shortened(fingerprint);
  }

  /** Whether something else was sent under this id than what has this fingerprint. */
  wasSentOtherwise(id: string, fingerprint: string): boolean {
    const sent = this.#columns.content[this.#place(id)] ?? 0;
    return sent !== 0 && sent !== shortened(fingerprint);
  }

  /** The rows in a state, in the order in which they were first heard of. */
  *inState(wanted: RowState): Generator<string> {
    for (const [id, place] of this.#places) if (this.#stateAt(place) === wanted) yield id;
  }

  #stateAt(place: number): RowState {
    return STATES[this.#columns.state[place] ?? 0] ?? "new";
  }

  #place(id: string): number {
    const known = this.#places.get(id);
    if (known !== undefined) return known;
    const place = this.#places.size;
    if (place === this.#columns.state.length) this.#grow();
    this.#places.set(id, place);
    return place;
  }

  #grow(): void {
    const { state, offset, pass, content } = this.#columns;
    this.#columns = columnsFor(state.length * 2);
    this.#columns.state.set(state);
    this.#columns.offset.set(offset);
    this.#columns.pass.set(pass);
    this.#columns.content.set(content);
  }
}

function columnsFor(rows: number): Columns {
  return {
    state: new Uint8Array(rows),
    offset: new Float64Array(rows),
    pass: new Uint8Array(rows),
    content: new Uint32Array(rows),
  };
}

/** A fingerprint is hexadecimal digits. */
function shortened(fingerprint: string): number {
  return Number.parseInt(fingerprint.slice(0, 8), 16);
}
