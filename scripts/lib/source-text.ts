import { readFileSync } from "node:fs";
import { access, readFile } from "node:fs/promises";
import { InputError } from "./input-error.js";

/** The text of a document and where it stands, so that an error can name file and line. */
export interface SourceText {
  /** The file's path or the page's address, as the user would type it. */
  file: string;
  text: string;
  /** Lines of the file before `text` begins; not 0 if the document is a block inside a page. */
  lineOffset: number;
  /** The document that a fragment was cut from, if its page says so: `/openapi.json`. */
  document?: string;
}

/**
 * Reads a UTF-8 text file.
 *
 * @throws {InputError} when it is missing, unreadable, or not UTF-8.
 */
export async function readSourceText(file: string): Promise<SourceText> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  return { file, text: decode(file, bytes), lineOffset: 0 };
}

/**
 * A text file that is read each time its text is asked for, so that a merge of a thousand fragments
 * holds one of them in memory. Asking for it throws what `readSourceText` throws.
 */
export function sourceTextOnDemand(file: string): SourceText {
  return {
    file,
    lineOffset: 0,
    get text() {
      return decode(file, readBytes(file));
    },
  };
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): InputError {
  const { code, message } = error as NodeJS.ErrnoException;
  const reason = code === "ENOENT" ? "no such file" : (code ?? message);
  return new InputError(`${file}: cannot be read (${reason})`);
}

function decode(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(`${file}: is not UTF-8 text`);
  }
}

/** Reads a UTF-8 text file that may be missing: `undefined` then. Throws as `readSourceText`. */
export async function readSourceTextIfPresent(file: string): Promise<SourceText | undefined> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  return isThere ? await readSourceText(file) : undefined;
}
