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
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "no such file" : (code ?? message);
    throw new InputError(`${file}: cannot be read (${reason})`);
  });
  try {
    return { file, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), lineOffset: 0 };
  } catch {
    throw new InputError(`${file}: is not UTF-8 text`);
  }
}
