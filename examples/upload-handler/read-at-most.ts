import type { Readable } from "node:stream";

export class TooLargeError extends Error {
  constructor(maxBytes: number) {
    super(`The upload has over ${maxBytes} bytes.`);
  }
}

/**
 * Reads a whole stream, unless it is longer than allowed: then it stops reading at once. It counts
 * the bytes that arrive, because a `Content-Length` may be missing or wrong.
 *
 * @throws {TooLargeError}
 */
export async function readAtMost(stream: Readable, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Not destroyed when reading stops, so that the sender can still be told why.
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > maxBytes) throw new TooLargeError(maxBytes);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks, size);
}
