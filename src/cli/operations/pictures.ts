import { randomUUID } from "node:crypto";
import { rm, stat, writeFile } from "node:fs/promises";
import { dirname, format, join, parse } from "node:path";
import { downloadTo } from "pikzels-client/node";
import { isObject } from "../../openapi/json.js";
import type { Terminal } from "../terminal/terminal.js";
import { printable } from "../terminal/text.js";
import { FailureError, InterruptedError, UsageError } from "../errors.js";

/** The addresses in an answer, in its order. */
export function picturesIn(answer: unknown): string[] {
  if (typeof answer === "string") return /^https?:\/\//i.test(answer) ? [answer] : [];
  if (Array.isArray(answer)) return answer.flatMap(picturesIn);
  return isObject(answer) ? Object.values(answer).flatMap(picturesIn) : [];
}

/**
 * Checks that a picture can be saved here before anything is paid for.
 *
 * @throws {UsageError} If it cannot.
 */
export async function checkTarget(path: string): Promise<void> {
  const folder = dirname(path);
  const problem = (await folderProblem(folder)) ?? (await fileProblem(path));
  if (problem !== undefined) {
    throw new UsageError(`${path} cannot be written: ${problem}. Nothing was sent.`);
  }
}

async function folderProblem(folder: string): Promise<string | undefined> {
  try {
    if (!(await stat(folder)).isDirectory()) return `${folder} is not a folder`;
    // Permission bits do not tell for every user and file system, so a test file is written.
    const probe = join(folder, `.pikzels-${randomUUID()}`);
    await writeFile(probe, "", { flag: "wx" });
    await rm(probe);
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return `there is no folder ${folder}`;
    return code === "EACCES" || code === "EROFS" ? `${folder} is read-only` : String(code);
  }
}

async function fileProblem(path: string): Promise<string | undefined> {
  const existing = await stat(path).catch(() => undefined);
  return existing?.isDirectory() ? "it is a folder; name the file to save" : undefined;
}

/** Saves pictures under a name; further ones get a number: `climber.png`, `climber-2.png`. */
export async function savePictures(
  addresses: readonly string[],
  path: string,
  { stderr }: Terminal,
  signal: AbortSignal,
): Promise<void> {
  if (addresses.length === 0) throw new FailureError("The answer holds no picture to save.");
  for (const [index, address] of addresses.entries()) {
    const target = index === 0 ? path : numbered(path, index + 1);
    await save(address, target, signal);
    stderr.write(`Saved ${printable(target)}\n`);
  }
}

async function save(address: string, path: string, signal: AbortSignal): Promise<void> {
  const paidFor = `It was paid for, and is for 24 hours at ${address}`;
  try {
    await downloadTo(address, path, { signal });
  } catch (cause) {
    if (signal.aborted)
      throw new InterruptedError(`The picture was not saved. ${paidFor}`, { cause });
    const reason = cause instanceof Error ? cause.message : String(cause);
    const isAddressTold = reason.includes(address);
    const message = `The picture was not saved: ${reason}${isAddressTold ? "" : ` ${paidFor}`}`;
    throw new FailureError(message, { cause });
  }
}

function numbered(path: string, number: number): string {
  const { dir, name, ext } = parse(path);
  return format({ dir, name: `${name}-${number}`, ext });
}
