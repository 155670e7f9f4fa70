import type { IncomingMessage } from "node:http";

/** Room for four images of 10 MB as base64, and the JSON around them. */
const maxBodyBytes = 64 * 1024 * 1024;

export interface ReceivedBody {
  bytes: Buffer;
  /** It was over 64 MB; its bytes are gone. */
  isTooLarge: boolean;
}

/**
 * Reads a request's body to its end. What is over the limit is read and thrown away, so that the
 * sender gets to see the refusal rather than a broken connection; far over it, the connection ends.
 */
export async function readBody(request: IncomingMessage): Promise<ReceivedBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBodyBytes) chunks.push(chunk);
    else chunks.length = 0;
    if (size > 4 * maxBodyBytes) break;
  }
  return { bytes: Buffer.concat(chunks), isTooLarge: size > maxBodyBytes };
}
