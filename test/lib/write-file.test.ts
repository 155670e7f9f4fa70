import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeFileAtomically } from "../../scripts/lib/write-file.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "write-file-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("writing a file takes text or bytes, and creates missing folders", async () => {
  await writeFileAtomically(join(folder, "a", "b", "text"), "é");
  await writeFileAtomically(join(folder, "bytes"), new Uint8Array([0, 255]));
  expect(await readFile(join(folder, "a", "b", "text"), "utf8")).toBe("é");
  expect([...(await readFile(join(folder, "bytes")))]).toEqual([0, 255]);
});

test("writing a file replaces the old one and leaves nothing beside it", async () => {
  const file = join(folder, "text");
  await writeFile(file, "a much longer text than the new one");
  await writeFileAtomically(file, "new");
  expect(await readFile(file, "utf8")).toBe("new");
  expect(await readdir(folder)).toEqual(["text"]);
});

test("writing a file gives readers the old text or the new one, never a part, while many write", async () => {
  const file = join(folder, "text");
  const versions = ["a", "b", "c"].map((letter) => letter.repeat(1_000_000));
  await writeFile(file, versions[0] ?? "");
  const writing = Promise.all(versions.map((text) => writeFileAtomically(file, text)));
  for (let read = 0; read < 20; read += 1) {
    expect(versions.includes(await readFile(file, "utf8"))).toBe(true);
  }
  await writing;
  expect(await readdir(folder)).toEqual(["text"]);
});

test("writing a file fails and leaves no temporary file if it may not replace the target", async () => {
  await mkdir(join(folder, "target", "child"), { recursive: true });
  await expect(writeFileAtomically(join(folder, "target"), "x")).rejects.toThrow(
    /EISDIR|ENOTEMPTY|EEXIST|EPERM/,
  );
  expect(await readdir(folder)).toEqual(["target"]);
});
