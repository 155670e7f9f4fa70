import { mkdtemp, open, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { Journal, type RowEntry } from "../../src/cli/batch/journal.js";

afterEach(() => {
  vi.restoreAllMocks();
});

const entryOf = (row: string): RowEntry => ({
  row,
  at: "2035-01-01T00:00:00.000Z",
  state: "failed",
  reason: "é".repeat(20),
  cost: { low: 0, high: 0 },
});

/** Lets the disk be full for the next write of any file: half of it is written. */
async function fillDisk(path: string): Promise<void> {
  const file = await open(path, "a+");
  const prototype = Object.getPrototypeOf(file) as { appendFile: (text: string) => Promise<void> };
  const { appendFile } = prototype;
  await file.close();
  vi.spyOn(prototype, "appendFile").mockImplementationOnce(async function (
    this: unknown,
    text: string,
  ) {
    await appendFile.call(this as typeof prototype, text.slice(0, text.length / 2));
    throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  });
}

test("a journal finds its entries again although another run, which was refused, wrote between them", async () => {
  const path = join(await mkdtemp(join(tmpdir(), "pikzels-journal-")), "journal.ndjson");
  const [one, other] = [await Journal.open(path), await Journal.open(path)];
  await one.append(entryOf("a"));
  await other.append({ run: "refused", event: "end", at: "2035-01-01T00:00:00.000Z" });
  const written = await Promise.all([
    ...["b", "c"].map((row) => one.append(entryOf(row))),
    other.append(entryOf("d")),
  ]);
  const found = await Promise.all(written.map((offset) => one.read(offset)));
  expect(found).toEqual(["b", "c", "d"].map(entryOf));
  await Promise.all([one.close(), other.close()]);
});

test("a journal keeps what is written after a write that a full disk cut off", async () => {
  const path = join(await mkdtemp(join(tmpdir(), "pikzels-journal-")), "journal.ndjson");
  const journal = await Journal.open(path);
  await journal.append(entryOf("a"));
  await fillDisk(path);
  await expect(journal.append(entryOf("b"))).rejects.toThrow(/cannot be written: ENOSPC/);
  const offset = await journal.append(entryOf("c"));
  const next = await journal.append(entryOf("d"));

  expect(await journal.read(offset)).toEqual(entryOf("c"));
  expect(await journal.read(next)).toEqual(entryOf("d"));
  const rows = [];
  for await (const { entry } of journal.entries()) if ("row" in entry) rows.push(entry.row);
  expect(rows).toEqual(["a", "c", "d"]);
  await journal.close();
  expect(await readFile(path, "utf8")).toMatch(/\n$/);
});
