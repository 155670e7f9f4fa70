import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Enough at once to make writing small pieces fast, and too little to matter in memory. */
const BATCH_LENGTH = 2 ** 16;

/**
 * Writes a file whole or not at all: to a temporary file beside it, then a rename, so that nobody
 * ever reads half a document, however the program ends. A large text may come in pieces.
 */
export async function writeFileAtomically(
  file: string,
  content: string | Uint8Array | Iterable<string>,
) {
  const isWhole = typeof content === "string" || content instanceof Uint8Array;
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, isWhole ? content : inBatches(content));
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

function* inBatches(pieces: Iterable<string>) {
  let batch = "";
  for (const piece of pieces) {
    batch += piece;
    if (batch.length < BATCH_LENGTH) continue;
    yield batch;
    batch = "";
  }
  yield batch;
}
