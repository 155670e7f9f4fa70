import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname, sep } from "node:path";
import { PikzelsFileError } from "../wrappers/errors/classes.js";
import { composeMessage } from "../wrappers/errors/message.js";

const REASONS: Partial<Record<string, string>> = {
  EACCES: "permission denied",
  EDQUOT: "the disk quota is used up",
  EISDIR: "the path is a folder",
  ENAMETOOLONG: "the name is too long",
  ENOENT: "the folder does not exist",
  ENOSPC: "the disk is full",
  ENOTDIR: "the folder does not exist",
  ENOTSUP: "the path is no regular file",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
};

interface FileErrorContext {
  /** The path that was to be written. */
  path: string;
  /** The address of the image, if there is one yet. */
  url?: string | undefined;
  /** Whether the problem was found before anything was sent. */
  isBefore?: boolean;
}

/** Creates the error for an image that cannot be saved. */
export function fileError(cause: unknown, context: FileErrorContext): PikzelsFileError {
  const { path, url, isBefore = false } = context;
  const { code = "no reason given" } = cause as NodeJS.ErrnoException;
  const message = composeMessage({
    subject: `Saving ${path}`,
    happened: `${REASONS[code] ?? "the file cannot be written"} (${code})`,
    consequence: isBefore ? "Nothing was sent." : "Nothing was saved.",
    // With its query: without it the image could no longer be fetched.
    next:
      url && `The image is still at ${url} until 24 hours after it was made: save it elsewhere.`,
  });
  return new PikzelsFileError(message, {
    path,
    url,
    cause,
    outcome: isBefore ? "not-sent" : "unknown",
  });
}

/**
 * Checks that a file can be written, before anything is paid for that will be saved there. The disk
 * may still fill up, or the folder disappear, before then.
 *
 * @throws {PikzelsFileError} if the folder does not exist or may not be written to, or if the path is a
 * folder, a device or not a possible path.
 */
export async function assertWritable(path: string, url?: string): Promise<void> {
  try {
    const folder = dirname(path);
    await access(folder, constants.W_OK);
    if (!(await stat(folder)).isDirectory()) throw systemError("ENOTDIR");
    const target = await stat(path).catch((error: unknown) => {
      const isFree = path !== "" && (error as NodeJS.ErrnoException).code === "ENOENT";
      if (!isFree) throw error;
    });
    const isNamedAsFolder = path.endsWith("/") || path.endsWith(sep);
    if (target?.isDirectory() || isNamedAsFolder) throw systemError("EISDIR");
    // A rename would replace a device or a pipe with a file.
    if (target && !target.isFile()) throw systemError("ENOTSUP");
  } catch (cause) {
    throw fileError(cause, { path, url, isBefore: true });
  }
}

function systemError(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(code), { code });
}
