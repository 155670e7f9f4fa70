import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { applyChanges } from "../../scripts/lib/file-changes.js";
import { temporaryFolder } from "../pull/temporary-folder.js";

test("file changes write, replace and remove files with the folders they empty, and can be undone", async () => {
  const folder = await temporaryFolder({ "old.txt": "old", "left/gone.txt": "gone" });
  const file = (name: string) => join(folder, name);
  const { files, undo } = await applyChanges(
    new Map([
      [file("old.txt"), "new"],
      [file("left/gone.txt"), undefined],
      [file("deep/fresh.txt"), "fresh"],
      [file("never.txt"), undefined],
    ]),
  );
  expect(files).toEqual(["old.txt", "left/gone.txt", "deep/fresh.txt"].map(file));
  expect(await readFile(file("old.txt"), "utf8")).toBe("new");
  expect(await readdir(folder)).toEqual(["deep", "old.txt"]);

  await undo();
  expect(await readdir(folder)).toEqual(["left", "old.txt"]);
  expect(await readFile(file("left/gone.txt"), "utf8")).toBe("gone");
  expect(await readFile(file("old.txt"), "utf8")).toBe("old");
});

test("file changes do not touch a file that is already right", async () => {
  const folder = await temporaryFolder({ "same.txt": "same" });
  const before = await stat(join(folder, "same.txt"));
  expect((await applyChanges(new Map([[join(folder, "same.txt"), "same"]]))).files).toEqual([]);
  expect((await stat(join(folder, "same.txt"))).mtimeMs).toBe(before.mtimeMs);
});

test("file changes change nothing if one of them fails, and leave nothing beside the files", async () => {
  const folder = await temporaryFolder({ "a.txt": "a" });
  await mkdir(join(folder, "folder", "child"), { recursive: true });
  const changes = new Map([
    [join(folder, "a.txt"), "changed"],
    [join(folder, "folder"), "a file cannot replace a folder"],
  ]);
  await expect(applyChanges(changes)).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/);
  expect((await readdir(folder)).sort()).toEqual(["a.txt", "folder"]);
  expect(await readFile(join(folder, "a.txt"), "utf8")).toBe("a");
});
