import type { Bytes } from "../wrappers/bytes.js";
import { onAbort } from "./on-abort.js";

/** How much of a body is read, and until when. */
export interface ReadingBounds {
  maxBytes: number;
  /** Makes the error for a body that is longer. */
  tooLong: () => Error;
  signal: AbortSignal;
}

/**
 * Gives a body piece by piece and stops at the limit. What counts are the bytes that come:
 * `Content-Length` may lie, and means the compressed size where the body is compressed.
 *
 * However the reading ends, the connection is left free or closed.
 */
export async function* chunksOf(
  response: Response,
  { maxBytes, tooLong, signal }: ReadingBounds,
): AsyncGenerator<Bytes, void> {
  const reader = response.body?.getReader();
  if (!reader) return;
  const cancel = () => {
    reader.cancel(signal.reason).catch(() => undefined);
  };
  const forget = onAbort(signal, cancel);
  try {
    signal.throwIfAborted();
    for (let total = 0; ;) {
      const { done, value } = await reader.read();
      if (done) return;
      total += value.byteLength;
      if (total > maxBytes) throw tooLong();
      yield value;
    }
  } finally {
    forget();
    cancel();
  }
}

/** Reads a body whole. */
export async function bytesOf(response: Response, bounds: ReadingBounds): Promise<Bytes> {
  const chunks = [];
  for await (const chunk of chunksOf(response, bounds)) chunks.push(chunk);
  const [only] = chunks;
  return only && chunks.length === 1 ? only : concatenated(chunks);
}

function concatenated(chunks: Bytes[]): Bytes {
  const whole = new Uint8Array(chunks.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
