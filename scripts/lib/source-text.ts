import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { InputError } from "./input-error.js";

/** The text of a document and where it stands, so that an error can name file and line. */
export interface SourceText {
  /** The file's path or the page's address, as the user would type it. */
  file: string;
  text: string;
  /** Lines of the file before `text` begins; not 0 where a document is a block inside a page. */
  lineOffset: number;
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
 * A text file that is read when its text is asked for, each time anew: a program that goes through
 * thousands of documents then holds one text at a time. Asking throws what `readSourceText` does.
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
