import { ignoreErrors, onAbort } from "./abort.js";
import type { Bytes } from "./fetch.js";

/** How much of a body is read, and until when. */
export interface ReadingBounds {
  maxBytes: number;
  /** Creates the error for a body that is too long. */
  tooLong: () => Error;
  signal: AbortSignal;
}

/**
 * Yields a body chunk by chunk and stops at the limit. It counts the bytes that arrive:
 * `Content-Length` may be wrong, and is the compressed size if the body is compressed.
 *
 * However the reading ends, the connection is left free or closed.
 */
export async function* readChunks(
  response: Response,
  { maxBytes, tooLong, signal }: ReadingBounds,
): AsyncGenerator<Bytes, void> {
  const reader = readerOf(response);
  let forget: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    forget = onAbort(signal, () => {
      reject(signal.reason as Error);
    });
  });
  aborted.catch(() => undefined);
  try {
    signal.throwIfAborted();
    for (let total = 0; ;) {
      // A stream that wraps another one may ignore the signal, and may ignore being cancelled.
      const { done, value } = await Promise.race([reader.read(), aborted]);
      // A cancelled stream ends as if it were complete.
      signal.throwIfAborted();
      if (done) return;
      const bytes = bytesOf(value);
      total += bytes.byteLength;
      if (total > maxBytes) throw tooLong();
      yield bytes;
    }
  } finally {
    forget?.();
    void ignoreErrors(() => reader.cancel());
  }
}

interface BodyReader {
  read: () => Promise<{ done?: boolean | undefined; value?: unknown }>;
  cancel: () => unknown;
}

/**
 * Reads a body by its capabilities rather than its class. It may come from another realm, be a Node
 * stream (node-fetch, cross-fetch), or be missing even though there is content (a `fetch` without
 * streams).
 */
function readerOf(response: Response): BodyReader {
  const body = response.body as unknown;
  if (hasMethod(body, "getReader")) {
    const reader = (body as ReadableStream<Bytes>).getReader();
    return { read: () => reader.read(), cancel: () => reader.cancel() };
  }
  if (hasMethod(body, Symbol.asyncIterator)) {
    const stream = body as AsyncIterable<unknown> & { destroy?: () => void };
    const iterator = stream[Symbol.asyncIterator]();
    return { read: () => iterator.next(), cancel: () => stream.destroy?.() };
  }
  let isRead = false;
  return {
    read: async () => {
      if (isRead) return { done: true };
      isRead = true;
      return { value: await wholeBody(response) };
    },
    cancel: () => undefined,
  };
}

/** From a `fetch` without streams, which may even lack `arrayBuffer`, or from a test double. */
async function wholeBody(response: Response): Promise<unknown> {
  const body = response.body as unknown;
  if (typeof body === "string" || ArrayBuffer.isView(body)) return body;
  return hasMethod(response, "arrayBuffer") ? response.arrayBuffer() : response.text();
}

function hasMethod(value: unknown, name: string | symbol): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as Record<string | symbol, unknown>)[name] === "function"
  );
}

/** A chunk as bytes of this realm; Node streams may also yield strings. */
function bytesOf(chunk: unknown): Bytes {
  if (chunk instanceof Uint8Array) return chunk as Bytes;
  if (typeof chunk === "string") return new TextEncoder().encode(chunk);
  if (!ArrayBuffer.isView(chunk)) return new Uint8Array(chunk as ArrayBuffer);
  return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength) as Bytes;
}

/** Reads a whole body. */
export async function readBytes(response: Response, bounds: ReadingBounds): Promise<Bytes> {
  const chunks = [];
  for await (const chunk of readChunks(response, bounds)) chunks.push(chunk);
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

/** Options for passing a stream on. */
export interface StreamOptions {
  /** Ends the stream with its reason, whether or not anyone reads it. */
  signal: AbortSignal | undefined;
  redact: (text: string) => string;
  /** Creates the error that the stream ends with if its connection breaks. */
  toError: (cause: unknown) => Error;
}

/**
 * Passes a text body on as it arrives, with the key redacted. `ended` resolves once it has ended,
 * was cancelled or aborted. By then the connection is free or closed, even if nobody ever read the
 * stream.
 */
export function streamOf(response: Response, { signal, redact, toError }: StreamOptions) {
  const reader = readerOf(response);
  const texts = redactedText(chunksOf(reader), redact);
  const encoder = new TextEncoder();
  let finish: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    finish = () => {
      forget?.();
      void ignoreErrors(() => reader.cancel());
      resolve();
    };
  });
  let controller: ReadableStreamDefaultController<Bytes> | undefined;
  const forget =
    signal &&
    onAbort(signal, () => {
      finish();
      controller?.error(signal.reason);
      controller = undefined;
    });
  const stream = new ReadableStream<Bytes>(
    {
      start: (own) => {
        controller = own;
      },
      async pull() {
        try {
          const { done, value } = await texts.next();
          if (!done) {
            controller?.enqueue(encoder.encode(value));
            return;
          }
          controller?.close();
        } catch (error) {
          controller?.error(toError(error));
        }
        finish();
      },
      cancel() {
        controller = undefined;
        finish();
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, ended };
}

async function* chunksOf({ read }: BodyReader): AsyncGenerator<Bytes, void> {
  for (;;) {
    const { done, value } = await read();
    if (done) return;
    yield bytesOf(value);
  }
}

/** Long enough for a key in any escaped form that JSON allows. */
const LONGEST_LINE = 64 * 1024;

/** Yields text line by line, as event streams are structured, so that a key is never split. */
async function* redactedText(
  chunks: AsyncIterable<Bytes>,
  redact: (text: string) => string,
): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    const end = rest.length > LONGEST_LINE ? rest.length : rest.lastIndexOf("\n") + 1;
    if (end > 0) yield redact(rest.slice(0, end));
    rest = rest.slice(end);
  }
  rest += decoder.decode();
  if (rest) yield redact(rest);
}
