import { readFileSync } from "node:fs";
import { access, readFile } from "node:fs/promises";
import { InputError } from "./input-error.js";

/** The text of a document and where it comes from, so that an error can name the file and line. */
export interface SourceText {
  /** The file's path or the page's address, as the user would type it. */
  file: string;
  text: string;
  /** How many lines of the file come before `text`; not 0 if the document is a block in a page. */
  lineOffset: number;
  /** The document that a fragment was taken from, if its page says so: `/openapi.json`. */
  document?: string;
}

/**
 * Reads a UTF-8 text file.
 *
 * @throws {InputError} if it is missing, unreadable, or not UTF-8.
 */
export async function readSourceText(file: string): Promise<SourceText> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  return { file, text: decode(file, bytes), lineOffset: 0 };
}

/**
 * A text file that is read whenever its text is accessed, so that a merge of a thousand fragments
 * keeps only one in memory. Accessing the text throws the errors of `readSourceText`.
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

/**
 * Reads a UTF-8 text file, or returns `undefined` if it is missing. Throws like `readSourceText`.
 */
export async function readSourceTextIfPresent(file: string): Promise<SourceText | undefined> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  return isThere ? await readSourceText(file) : undefined;
}
