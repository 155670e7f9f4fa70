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
 * What is known of each job, in a file of one JSON object a line. `sent` is written before a request
 * leaves: if it is the last that is known of a job, the job may have been paid for, and a person has to
 * look before it is sent again.
 */
export type Entry =
  | { id: string; state: "sent" }
  | { id: string; state: "done"; output: string }
  | { id: string; state: "failed"; error: string; mayHaveBeenPaid: boolean };

export function openJournal(file: string) {
  const entries = new Map<string, Entry>();
  if (existsSync(file)) {
    const text = readFileSync(file, "utf8");
    // A program that was killed may have left half a line; the next one must not be joined to it.
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    truncateSync(file, Buffer.byteLength(whole));
    for (const line of whole.split("\n").filter(Boolean)) {
      const entry = JSON.parse(line) as Entry;
      entries.set(entry.id, entry);
    }
  }
  return {
    entries: entries as ReadonlyMap<string, Entry>,
    /** On the disk when it returns: synchronous, so that nothing can come between. */
    write(entry: Entry): void {
      entries.set(entry.id, entry);
      appendFileSync(file, `${JSON.stringify(entry)}\n`);
      const handle = openSync(file, "r");
      fsyncSync(handle);
      closeSync(handle);
    },
  };
}
