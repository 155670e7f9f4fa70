import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readSourceText } from "../../scripts/lib/source-text.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "source-text-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("a source file is read as UTF-8 text without its byte order mark", async () => {
  const file = join(folder, "a.yaml");
  await writeFile(file, "\uFEFFa: é\n");
  expect(await readSourceText(file)).toEqual({ file, text: "a: é\n", lineOffset: 0 });
});

test("a source file that is not UTF-8 is refused", async () => {
  const file = join(folder, "a.yaml");
  await writeFile(file, new Uint8Array([0x61, 0xff, 0xfe]));
  await expect(readSourceText(file)).rejects.toThrow(`${file}: is not UTF-8 text`);
});

test("a source file that is missing or cannot be read is reported with the reason", async () => {
  const missing = join(folder, "missing.yaml");
  await expect(readSourceText(missing)).rejects.toThrow(
    `${missing}: cannot be read (no such file)`,
  );
  await expect(readSourceText(folder)).rejects.toThrow(`${folder}: cannot be read (EISDIR)`);
});
