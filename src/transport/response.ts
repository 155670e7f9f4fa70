import { errorCatalog } from "../generated/errors.js";
import { isObject } from "../openapi/json.js";
import {
  isKnownErrorCode,
  PikzelsApiError,
  type ValidationDetail,
} from "../wrappers/errors/api-error.js";
import { PikzelsUnexpectedResponseError, type Outcome } from "../wrappers/errors/classes.js";
import { ignoreErrors, onAbort } from "./abort.js";
import { describeFailure, type Answer, type Call } from "./call.js";
import type { Bytes } from "./fetch.js";
import { retryAfterMs } from "./retry.js";

/** Far more than any answer has, far less than would hurt. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Reads an answer to its end. @throws {PikzelsUnexpectedResponseError} if there is none. */
export async function readAnswer(
  call: Call,
  response: Response,
  key: string,
  signal: AbortSignal,
): Promise<Answer> {
  const { status, headers } = response;
  // Servers have been seen to quote the headers of a request.
  const redact = (text: string) => withoutSecret(text, key);
  const headerId = headers.get("x-request-id");
  // Known before the body is read: the reading may fail.
  if (headerId) call.requestId = redact(headerId);
  const head = { status, headers, redact };
  const bytes = await readBytes(response, {
    maxBytes: MAX_BYTES,
    tooLong: () => unexpectedResponse(call, head, `${status} with over ${MAX_BYTES} bytes`),
    signal,
  });
  if (isSuccess(status) && call.request.answer !== "json") {
    return { ...head, bytes, text: "", json: undefined };
  }
  const text = redact(new TextDecoder().decode(bytes));
  const json = parse(text);
  const bodyId = isObject(json) ? json["request_id"] : undefined;
  if (typeof bodyId === "string") call.requestId ??= bodyId;
  return { ...head, bytes, text, json };
}

/** Never pollutes: `JSON.parse` makes `__proto__` an ordinary property. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Says why an answer is a failure; `undefined` if it is none. The status decides, the body only says
 * more.
 */
export function failureOf(
  call: Call,
  answer: Answer,
): PikzelsApiError | PikzelsUnexpectedResponseError | undefined {
  const { status, headers, json } = answer;
  if (isSuccess(status)) {
    const isWanted = call.request.answer !== "json" || isObject(json);
    return isWanted ? undefined : undocumented(call, answer);
  }
  const envelope = isObject(json) && isObject(json["error"]) ? json["error"] : {};
  const { code, message, details } = envelope;
  if (status < 400 || typeof code !== "string" || !code) return undocumented(call, answer);

  const problems = Array.isArray(details) ? details.filter(isDetail) : [];
  const said =
    typeof message === "string" && message ? `: ${message.slice(0, 500).replace(/\.+$/, "")}` : "";
  const [text, carried] = describeFailure(call, {
    happened: `${status} ${code}${said}${listOf(problems)}`,
    outcome: outcomeOf(status, code),
    next: isKnownErrorCode(code) ? errorCatalog[code].action : undefined,
  });
  return new PikzelsApiError(text, {
    ...carried,
    status,
    code,
    retryAfterMs: retryAfterMs(headers),
    details: problems,
  });
}

/** The fields that are wrong, for whoever has nothing but the message in a log. */
function listOf(problems: readonly ValidationDetail[]): string {
  const list = problems.map(({ field, message }) => (field ? `${field}: ${message}` : message));
  return list.length > 0 ? ` (${list.join("; ").slice(0, 500)})` : "";
}

/**
 * A documented code says what became of the request. Only successful generations are billed, so one
 * that failed, was cancelled or took too long is as good as refused; `INTERNAL_ERROR` says nothing.
 */
function outcomeOf(status: number, code?: string): Outcome {
  if (isKnownErrorCode(code)) return code === "INTERNAL_ERROR" ? "unknown" : "rejected";
  return status >= 400 && status < 500 ? "rejected" : "unknown";
}

function undocumented(call: Call, answer: Answer): PikzelsUnexpectedResponseError {
  const { status, text } = answer;
  const isRedirect = status === 0 || (status >= 300 && status < 400);
  const happened = isRedirect
    ? `${status || "status hidden"}, a redirect; not followed, so that the key goes nowhere else`
    : `${status} with ${excerptOf(text)}`;
  return unexpectedResponse(call, answer, happened);
}

function unexpectedResponse(
  call: Call,
  { status, headers }: Pick<Answer, "status" | "headers">,
  happened: string,
): PikzelsUnexpectedResponseError {
  const [text, carried] = describeFailure(call, { happened, outcome: outcomeOf(status) });
  const asked = { status, retryAfterMs: retryAfterMs(headers) };
  return new PikzelsUnexpectedResponseError(text, { ...carried, ...asked });
}

function excerptOf(text: string): string {
  const line = text
    .slice(0, 1000)
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .trim();
  return line ? `an undocumented body: ${line.slice(0, 200)}` : "an empty body";
}

function isDetail(value: unknown): value is ValidationDetail {
  if (!isObject(value) || typeof value["message"] !== "string") return false;
  return value["field"] === undefined || typeof value["field"] === "string";
}

/** Whether a status is one of success. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** How much of a body is read, and until when. */
export interface ReadingBounds {
  maxBytes: number;
  /** Makes the error for a body that is longer. */
  tooLong: () => Error;
  signal: AbortSignal;
}

/**
 * Gives a body piece by piece and stops at the limit. What counts are the bytes that come:
 * `Content-Length` may lie, and means the compressed size if the body is compressed.
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
      // A stream that somebody wrapped may take no notice of the signal, nor of being cancelled.
      const { done, value } = await Promise.race([reader.read(), aborted]);
      // A stream that is cancelled ends as if it were whole.
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
 * Reads a body by what it can do, not by what it is: it may come from another realm, be a stream of Node
 * (node-fetch, cross-fetch), or be missing although there is one (a `fetch` without streams).
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
      return { value: await response.arrayBuffer() };
    },
    cancel: () => undefined,
  };
}

function hasMethod(value: unknown, name: string | symbol): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as Record<string | symbol, unknown>)[name] === "function"
  );
}

/** A chunk as bytes of this realm; streams of Node may also give strings. */
function bytesOf(chunk: unknown): Bytes {
  if (chunk instanceof Uint8Array) return chunk as Bytes;
  if (typeof chunk === "string") return new TextEncoder().encode(chunk);
  if (!ArrayBuffer.isView(chunk)) return new Uint8Array(chunk as ArrayBuffer);
  return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength) as Bytes;
}

async function readBytes(response: Response, bounds: ReadingBounds): Promise<Bytes> {
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

/** Takes a secret out of a text, also if JSON spells it with escapes. */
export function withoutSecret(text: string, secret: string): string {
  // Nearly every text is done here: it neither quotes the secret nor escapes a letter of it.
  const plain = text.replaceAll(secret, SUBSTITUTE);
  return plain.includes("\\") ? plain.replaceAll(spellings(secret), SUBSTITUTE) : plain;
}

const SUBSTITUTE = "[the API key]";

/** Each character as itself, after a backslash, or as its code. */
function spellings(secret: string): RegExp {
  const characters = Array.from(secret, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, "0");
    const digits = code.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
    return `(?:\\\\?${character.replace(/\W/, "\\$&")}|\\\\u${digits})`;
  });
  return new RegExp(characters.join(""), "g");
}
