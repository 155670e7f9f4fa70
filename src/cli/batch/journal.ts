import { open, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { FailureError } from "../errors.js";
import type { Cost } from "../operations/price-list.js";

/**
 * What happened to a row. The last entry of a row is its state:
 *
 * - `sending`: written, and on the disk, before the request leaves. If nothing follows, the process ended
 *   before it could tell what became of the request: paid or not, nobody knows.
 * - `answered`: it was paid for, and its pictures are to be saved, under this name.
 * - `done`: the end; `files` are the saved pictures.
 * - `failed`: nothing was billed; the next run tries again.
 * - `unknown`: it may have been billed. The end, unless a person has it sent again.
 * - `lost`: paid for, but its pictures expired before they were saved. The end.
 */
export type RowEvent =
  | {
      readonly state: "sending";
      readonly line: number;
      readonly operation: string;
      readonly cost: Cost;
      readonly fingerprint: string;
    }
  | { readonly state: "answered"; readonly answer: unknown; readonly name: string }
  | { readonly state: "done"; readonly answer: unknown; readonly files: readonly string[] }
  | { readonly state: "failed"; readonly reason: string; readonly cost: Cost }
  | { readonly state: "unknown"; readonly reason: string; readonly requestId?: string }
  | { readonly state: "lost"; readonly answer: unknown; readonly reason: string };

/** An entry of a row: what happened to it, and when. */
export type RowEntry = { readonly row: string; readonly at: string } & RowEvent;

/** A process that works on a batch, from start to end. */
export type RunEntry =
  | {
      readonly run: string;
      readonly event: "start";
      readonly at: string;
      readonly pid: number;
      readonly host: string;
      /**
       * When the machine booted, in seconds since 1970: before that, a pid meant another process.
       */
      readonly bootedAt: number;
      /** The address of the API. */
      readonly api: string;
    }
  | { readonly run: string; readonly event: "end"; readonly at: string };

export type JournalEntry = RowEntry | RunEntry;

/** An entry and where its line is in the file. */
export interface StoredEntry {
  readonly entry: JournalEntry;
  readonly offset: number;
}

/** The name of the journal in the folder of a batch. */
export const JOURNAL_NAME = "journal.ndjson";

/**
 * The append-only journal of a batch, one JSON object per line. It tells what must not be paid for
 * again, at whatever moment its writer was killed.
 */
export class Journal {
  readonly #file: FileHandle;
  #queue: { line: string; resolve: (offset: number) => void; reject: (error: unknown) => void }[] =
    [];
  #writing = false;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Opens the journal at a path, or starts one. */
  static async open(path: string): Promise<Journal> {
    const journal = new Journal(await open(path, "a+"));
    if ((await journal.#findEnd()) === 0) await flushFolder(dirname(path));
    return journal;
  }

  /**
   * Terminates a line that a crash or a full disk has cut off, because the next one would continue it.
   *
   * @returns The size of the file.
   */
  async #findEnd(): Promise<number> {
    const { size } = await this.#file.stat();
    const { buffer } = await this.#file.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1));
    const isCutOff = size > 0 && buffer[0] !== NEWLINE;
    if (!isCutOff) return size;
    await this.#file.appendFile("\n");
    return size + 1;
  }

  /**
   * Adds an entry, and resolves to its offset once it is on the disk. Entries that come together are
   * flushed together.
   *
   * @throws {FailureError} If it cannot be written: then nothing more must be sent.
   */
  append(entry: JournalEntry): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ line: `${JSON.stringify(entry)}\n`, resolve, reject });
      if (!this.#writing) void this.#write();
    });
  }

  async #write(): Promise<void> {
    this.#writing = true;
    while (this.#queue.length > 0) {
      const batch = this.#queue;
      this.#queue = [];
      try {
        const lines = batch.map(({ line }) => Buffer.from(line));
        let offset = await this.#writeLines(Buffer.concat(lines));
        for (const [index, { resolve }] of batch.entries()) {
          resolve(offset);
          offset += lines[index]?.length ?? 0;
        }
      } catch (cause) {
        const { message } = cause as Error;
        const error = new FailureError(`The journal cannot be written: ${message}.`, { cause });
        for (const { reject } of batch) reject(error);
      }
    }
    this.#writing = false;
  }

  /** @returns Where the lines are in the file, once they are on the disk. */
  async #writeLines(lines: Buffer): Promise<number> {
    const from = await this.#findEnd();
    await this.#file.appendFile(lines);
    await this.#file.datasync();
    const { size } = await this.#file.stat();
    if (size === from + lines.length) return from;
    // Another process, which will be refused, has written at the same time.
    const added = Buffer.alloc(size - from);
    await this.#file.read(added, 0, added.length, from);
    return from + added.indexOf(lines);
  }

  /**
   * Every entry so far, oldest first. A line that is no entry, as a crash of the machine can leave one, is
   * passed over: what it would have said counts as not known.
   */
  async *entries(): AsyncGenerator<StoredEntry> {
    for await (const { line, offset } of this.#lines(0)) {
      const entry = parseEntry(line);
      if (entry) yield { entry, offset };
    }
  }

  /** The entry at an offset. */
  async read(offset: number): Promise<JournalEntry | undefined> {
    for await (const { line } of this.#lines(offset, 2 ** 10)) return parseEntry(line);
    return undefined;
  }

  /** The whole lines from an offset on. */
  async *#lines(from: number, chunkSize = 2 ** 16) {
    let rest: Buffer = Buffer.alloc(0);
    for (let offset = from; ;) {
      const chunk = Buffer.alloc(chunkSize);
      const { bytesRead } = await this.#file.read(chunk, 0, chunkSize, offset + rest.length);
      if (bytesRead === 0) return;
      rest = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE)) {
        yield { line: rest.subarray(0, end).toString("utf8"), offset };
        offset += end + 1;
        rest = rest.subarray(end + 1);
      }
    }
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

const NEWLINE = 0x0a;

/**
 * A new file survives a power failure only if its folder is flushed too; not every system supports
 * that.
 */
async function flushFolder(path: string): Promise<void> {
  const folder = await open(path).catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

function parseEntry(line: string): JournalEntry | undefined {
  try {
    const entry = JSON.parse(line) as Partial<RowEntry & RunEntry> | null;
    const isEntry = typeof entry?.row === "string" || typeof entry?.run === "string";
    return isEntry ? (entry as JournalEntry) : undefined;
  } catch {
    return undefined;
  }
}
