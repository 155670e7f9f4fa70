import {
  appendFileSync,
  existsSync,
  fsyncSync,
  openSync,
  closeSync,
  readFileSync,
  truncateSync,
} from "node:fs";

/**
 * The state of each job, in a file with one JSON object per line. `sent` is written before a
 * request leaves. If it is the last entry of a job, the job may have been paid for, and a person
 * has to check before it is sent again.
 */
export type Entry =
  | { id: string; state: "sent" }
  | { id: string; state: "done"; output: string }
  | { id: string; state: "failed"; error: string; mayHaveBeenPaid: boolean };

export function openJournal(file: string) {
  const entries = new Map<string, Entry>();
  if (existsSync(file)) {
    const text = readFileSync(file, "utf8");
    // A killed program may have left half a line; the next entry must not be appended to it.
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    truncateSync(file, Buffer.byteLength(whole));
    for (const line of whole.split("\n").filter(Boolean)) {
      const entry = JSON.parse(line) as Entry;
      entries.set(entry.id, entry);
    }
  }
  return {
    entries: entries as ReadonlyMap<string, Entry>,
    /** On disk when it returns: synchronous, so that nothing can happen in between. */
    write(entry: Entry): void {
      entries.set(entry.id, entry);
      appendFileSync(file, `${JSON.stringify(entry)}\n`);
      const handle = openSync(file, "r");
      fsyncSync(handle);
      closeSync(handle);
    },
  };
}
