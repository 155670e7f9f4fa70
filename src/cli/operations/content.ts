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

/** An answer that is not JSON: a file, a text, or a stream. */
export type Content = Blob | string | ReadableStream<Uint8Array>;

/** The content of an answer that is not JSON. A file may also come instead of JSON. */
export function contentOf({ givesContent }: ApiOperation, answer: unknown): Content | undefined {
  if (answer instanceof Blob || answer instanceof ReadableStream) return answer;
  return givesContent && typeof answer === "string" ? answer : undefined;
}

/** Reads content as it arrives, and reports a broken connection in one way. */
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
 * Saves content as it arrives, and gives it its name once it is complete and on disk.
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

/** Prints content as it arrives. On a terminal, control characters are escaped. */
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
