import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { UsageError } from "../errors.js";

/** Read what a user names: a path, or `-` for standard input. */
export interface FileReaders {
  /** Reads an image as a data URL. */
  readonly readImage: (path: string) => Promise<string>;
  /** Reads any file, with its name. */
  readonly readFile: (path: string) => Promise<Blob>;
}

/** The file at a path, or the files at several. */
export async function readFiles(
  value: unknown,
  read: FileReaders["readFile"],
): Promise<Blob | Blob[]> {
  return Array.isArray(value)
    ? Promise.all(value.map((path) => read(String(path))))
    : read(String(value));
}

/**
 * Reads a file as a form carries it, under its name.
 *
 * @throws {UsageError} If it cannot be read.
 */
export async function openFile(path: string): Promise<File> {
  return new File([await readBytes(path)], basename(path));
}

/** @throws {UsageError} If the file cannot be read. */
export async function readBytes(path: string): Promise<Buffer<ArrayBuffer>> {
  try {
    return await readFile(path);
  } catch (cause) {
    const { code = "unknown reason" } = cause as NodeJS.ErrnoException;
    throw new UsageError(`${path} cannot be read (${code}).`, { cause });
  }
}
