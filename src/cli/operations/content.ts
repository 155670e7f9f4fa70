import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as WebStream } from "node:stream/web";
import { BrokenAnswerError, FailureError, InterruptedError } from "../errors.js";
import type { Output } from "../terminal/terminal.js";
import { printableLines } from "../terminal/text.js";
import type { ApiOperation } from "./operations.js";

/** An answer that is no JSON: a file, a text, or what comes piece by piece. */
export type Content = Blob | string | ReadableStream<Uint8Array>;

/** What a call was answered with, if that is no JSON. A file may come in place of JSON too. */
export function contentOf({ givesContent }: ApiOperation, answer: unknown): Content | undefined {
  if (answer instanceof Blob || answer instanceof ReadableStream) return answer;
  return givesContent && typeof answer === "string" ? answer : undefined;
}

/** Reads content as it comes, and says in one way that it broke off. */
async function* chunksOf(content: Content): AsyncGenerator<Uint8Array> {
  const stream = content instanceof ReadableStream ? content : new Blob([content]).stream();
  try {
    yield* Readable.fromWeb(stream as WebStream);
  } catch (cause) {
    if (cause instanceof InterruptedError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new BrokenAnswerError(`The answer broke off: ${reason}`, { cause });
  }
}

/**
 * Saves content under a path, as it comes, and gives it that name when it is whole and on the disk.
 *
 * @throws {FailureError} If it cannot be written.
 * @throws {BrokenAnswerError} If it breaks off.
 */
export async function saveContent(content: Content, path: string): Promise<void> {
  const unfinished = `${path}.unfinished`;
  try {
    await pipeline(chunksOf(content), createWriteStream(unfinished, { flush: true }));
    await rename(unfinished, path);
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    if (cause instanceof BrokenAnswerError || cause instanceof InterruptedError) throw cause;
    throw new FailureError(`The answer was not saved: ${(cause as Error).message}.`, { cause });
  }
}

/** Prints content as it comes. On a terminal it is text, and steers nothing. */
export async function printContent(content: Content, output: Output): Promise<void> {
  const decoder = new TextDecoder();
  for await (const chunk of chunksOf(content)) {
    const isRead = output.write(
      output.isTTY === true ? printableLines(decoder.decode(chunk, { stream: true })) : chunk,
    );
    if (output.destroyed) return;
    if (!isRead) await Promise.race([once(output, "drain"), once(output, "close")]);
  }
}
