import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** The new content of each file; `undefined` deletes the file. */
export type FileChanges = ReadonlyMap<string, string | undefined>;

/** Changes that have been made and can be undone. */
export interface AppliedChanges {
  /** The files that have changed. */
  files: string[];
  /** Restores every file. */
  undo: () => Promise<void>;
}

/**
 * Makes all of these changes or, if one of them fails, none. All new content is written next to the
 * files first, so that only renames remain. A file that already has the right content is not
 * touched.
 */
export async function applyChanges(changes: FileChanges): Promise<AppliedChanges> {
  const wanted = new Map<string, Buffer | undefined>();
  const before = new Map<string, Buffer | undefined>();
  const temporary = new Map<string, string>();
  const undo = async () => {
    for (const [file, content] of before) await restore(file, content);
  };
  try {
    for (const [file, content] of changes) {
      const present = await readFile(file).catch(() => undefined);
      if (content === undefined ? present === undefined : present?.equals(Buffer.from(content)))
        continue;
      if (content !== undefined) temporary.set(file, await writeBeside(file, content));
      wanted.set(file, present);
    }
    for (const [file, present] of wanted) {
      const written = temporary.get(file);
      if (written === undefined) await removeWithEmptyFolders(file);
      else await rename(written, file);
      before.set(file, present);
    }
  } catch (error) {
    for (const file of temporary.values()) await rm(file, { force: true });
    await undo();
    throw error;
  }
  return { files: [...before.keys()], undo };
}

async function writeBeside(file: string, content: string | Buffer): Promise<string> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${randomUUID()}.tmp`;
  await writeFile(temporary, content);
  return temporary;
}

/** Removes a file, and the folders that it leaves empty, as git does. */
async function removeWithEmptyFolders(file: string): Promise<void> {
  await rm(file, { force: true });
  for (let folder = dirname(file); await isRemoved(folder); folder = dirname(folder));
}

/** Removes a folder if it is empty. */
function isRemoved(folder: string): Promise<boolean> {
  return rmdir(folder).then(
    () => true,
    () => false,
  );
}

async function restore(file: string, content: Buffer | undefined): Promise<void> {
  if (content === undefined) await removeWithEmptyFolders(file);
  else await rename(await writeBeside(file, content), file);
}
