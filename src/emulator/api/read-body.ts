import type { IncomingMessage } from "node:http";
import { Refusal } from "./refusal.js";

export interface ReceivedBody {
  bytes: Buffer;
  /** The body was over the limit, and its bytes were dropped. */
  isTooLarge: boolean;
  /** Frees the memory reserved for the body. Call it once its bytes are no longer needed. */
  release: () => void;
}

export interface BodyLimits {
  /** Of one body. @default 64 MB: four images of 10 MB as base64, and the JSON around them */
  maxBytes?: number;
  /** Of all bodies that are in memory at the same time. @default 256 MB */
  totalBytes?: number;
  /** How long a client may pause in the middle of a body, in milliseconds. @default 15,000 */
  idleMs?: number;
  /** How long a body may wait for memory, in milliseconds. @default 60,000 */
  waitMs?: number;
}

/**
 * Reads request bodies within bounds of memory and time. Memory for a whole body is reserved before
 * its first byte is read, in order of arrival. Until then the client has to wait, so that half-sent
 * bodies cannot fill the memory together.
 */
export class BodyReader {
  readonly #limits: Required<BodyLimits>;
  #free: number;
  readonly #waiting: { bytes: number; start: () => void }[] = [];

  constructor(limits: BodyLimits = {}) {
    const megabyte = 1024 * 1024;
    this.#limits = {
      maxBytes: 64 * megabyte,
      totalBytes: 256 * megabyte,
      idleMs: 15_000,
      waitMs: 60_000,
      ...limits,
    };
    this.#free = this.#limits.totalBytes;
  }

  /**
   * Reads a body to its end. A body over the limit is read and dropped, so that the client sees the
   * refusal rather than a broken connection; far over the limit, the connection is closed.
   *
   * @throws {Refusal} `TOO_MANY_REQUESTS` if there is no memory for it in time.
   */
  async read(request: IncomingMessage): Promise<ReceivedBody> {
    const { maxBytes, idleMs } = this.#limits;
    const announced = announcedBytes(request) ?? maxBytes;
    const release = await this.#reserve(Math.min(announced, maxBytes));
    const stop = () => request.destroy(new Error("the body stalled"));
    request.socket.setTimeout(idleMs, stop);
    try {
      return { ...(await readBytes(request, announced, maxBytes)), release };
    } catch (error) {
      release();
      throw error;
    } finally {
      request.socket.setTimeout(0);
      request.socket.off("timeout", stop);
    }
  }

  async #reserve(bytes: number): Promise<() => void> {
    if (this.#waiting.length > 0 || bytes > this.#free) await this.#waitFor(bytes);
    else this.#free -= bytes;
    let isReserved = true;
    return () => {
      if (isReserved) this.#free += bytes;
      isReserved = false;
      this.#startWaiting();
    };
  }

  #waitFor(bytes: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting = {
        bytes,
        start: () => {
          clearTimeout(timer);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(new Refusal("TOO_MANY_REQUESTS", { retryAfter: 1 }));
        this.#startWaiting();
      }, this.#limits.waitMs);
      timer.unref();
      this.#waiting.push(waiting);
    });
  }

  #startWaiting(): void {
    for (let [next] = this.#waiting; next && next.bytes <= this.#free; [next] = this.#waiting) {
      this.#waiting.shift();
      this.#free -= next.bytes;
      next.start();
    }
  }
}

/** The body's length as its header says it; none is announced for a chunked body. */
function announcedBytes({ headers }: IncomingMessage): number | undefined {
  if (headers["transfer-encoding"] !== undefined) return undefined;
  return Number(headers["content-length"] ?? 0);
}

async function readBytes(request: IncomingMessage, announced: number, maxBytes: number) {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBytes && announced <= maxBytes) chunks.push(chunk);
    else chunks.length = 0;
    if (size > 4 * maxBytes) break;
  }
  return { bytes: Buffer.concat(chunks), isTooLarge: size > maxBytes };
}
