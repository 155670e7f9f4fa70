import { open, rename } from "node:fs/promises";
import { join } from "node:path";
import { downloadTo } from "pikzels-client/node";
import { endingOf } from "../operations/media-types.js";

/**
 * Saves the pictures of a row, each whole and on the disk before it gets its name.
 *
 * @returns The names of the files.
 */
export async function saveRowPictures(
  addresses: readonly string[],
  folder: string,
  name: string,
  signal: AbortSignal,
): Promise<string[]> {
  const files: string[] = [];
  for (const [index, address] of addresses.entries()) {
    const stem = index === 0 ? name : `${name}-${index + 1}`;
    const unfinished = join(folder, `${stem}.unfinished`);
    const { mediaType } = await downloadTo(address, unfinished, { signal });
    await flush(unfinished);
    const file = `${stem}${endingOf(mediaType)}`;
    await rename(unfinished, join(folder, file));
    files.push(file);
  }
  return files;
}

async function flush(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
