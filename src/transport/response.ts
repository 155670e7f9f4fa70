import { api } from "../generated/api.js";
import { isObject } from "../openapi/json.js";
import {
  errorFacts,
  PikzelsApiError,
  type ValidationDetail,
} from "../wrappers/errors/api-error.js";
import { PikzelsUnexpectedResponseError } from "../wrappers/errors/classes.js";
import { redactKey, toLine } from "../wrappers/redact.js";
import {
  connectionErrorOf,
  describeFailure,
  type Answer,
  type AnswerKind,
  type Call,
} from "./call.js";
import type { Bytes } from "./fetch.js";
import { readBytes, streamOf } from "./body.js";
import { reasonOf } from "./connection.js";
import { outcomeOf, retryAfterMs } from "./retry.js";

/** Far longer than any real answer, and far too short to do harm. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Reads an answer. @throws {PikzelsUnexpectedResponseError} if it is too long. */
export async function readAnswer(
  call: Call,
  response: Response,
  key: string,
  signal: AbortSignal,
): Promise<Answer> {
  const { status } = response;
  // Some servers quote the request's headers in their answers.
  const redact = (text: string) => redactKey(text, key);
  const headers = readHeaders(response, redact);
  // Set before the body is read, because reading may fail.
  call.requestId = idOf(headers.get("x-request-id"));

  const kind = kindOf(status, call.request.answer);
  if (kind === "stream") {
    const toError = (cause: unknown) => {
      const happened = `the stream broke off (${reasonOf(cause, key)})`;
      return connectionErrorOf(call, { happened, outcome: "unknown" }, cause, key);
    };
    const { stream, ended } = streamOf(response, { signal: call.signal, redact, toError });
    return { status, headers, value: stream, body: stream, ended };
  }
  const bytes = await readBytes(response, {
    maxBytes: MAX_BYTES,
    tooLong: () =>
      unexpectedResponse(call, { status, headers }, `${status} with over ${MAX_BYTES} bytes`),
    signal,
  });
  const answer = { status, headers, ...readValue(kind, bytes, headers, redact) };
  if (isObject(answer.value)) call.requestId ??= idOf(answer.value["request_id"]);
  return answer;
}

/** A request id, which goes into logs: one line of a limited length. */
function idOf(given: unknown): string | undefined {
  return typeof given === "string" ? toLine(given, 200) || undefined : undefined;
}

/**
 * Copies the headers without the key, and without those that only describe the body on the wire.
 */
function readHeaders({ headers: received }: Response, redact: (text: string) => string): Headers {
  const headers = new Headers();
  for (const [name, value] of entriesOf(received)) {
    if (/^content-(encoding|length)$/i.test(name)) continue;
    try {
      headers.append(name, redact(value));
    } catch {
      // Not a valid header: a custom `fetch` may return anything.
    }
  }
  return headers;
}

/** By shape: a `fetch` that is not the platform's may give a plain object, or no headers at all. */
function entriesOf(headers: unknown): Iterable<[string, string]> {
  const given = Object(headers) as Partial<Headers>;
  if (typeof given[Symbol.iterator] === "function") return headers as Headers;
  if (typeof given.entries === "function") return given.entries();
  return Object.entries(given as Record<string, string>);
}

/** A failure is read as the error envelope. A 204 has no body, whatever the spec says. */
function kindOf(status: number, expected: AnswerKind): AnswerKind {
  if (!isSuccess(status)) return "json";
  return status === 204 || status === 205 ? "none" : expected;
}

function readValue(
  kind: AnswerKind,
  bytes: Bytes,
  headers: Headers,
  redact: (text: string) => string,
): Pick<Answer, "value" | "body"> {
  if (kind === "none") return { value: undefined, body: null };
  const text = kind === "binary" ? undefined : textOf(bytes, kind === "any");
  if (text === undefined) {
    const type = headers.get("content-type") ?? "";
    return { value: new Blob([bytes], { type }), body: bytes };
  }
  const body = redact(text);
  return { value: kind === "text" ? body : parse(body), body };
}

/** The text of a body, or `undefined` if it must be valid UTF-8 and is not. */
function textOf(bytes: Bytes, fatal: boolean): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Safe from prototype pollution: `JSON.parse` makes `__proto__` an ordinary property. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * What a body holds that the document does not describe: JSON, other text, nothing, or else the
 * bytes themselves.
 */
export async function valueOf(body: Blob): Promise<unknown> {
  const text = textOf(new Uint8Array(await body.arrayBuffer()), true);
  if (text === undefined) return body;
  const value = parse(text);
  return value === undefined ? text || undefined : value;
}

/**
 * Returns the error if an answer is a failure, and `undefined` otherwise. The status decides; the
 * body only adds detail.
 */
export function failureOf(
  call: Call,
  answer: Answer,
): PikzelsApiError | PikzelsUnexpectedResponseError | undefined {
  const { status, headers, value } = answer;
  if (isSuccess(status)) {
    return isWanted(call, value) ? undefined : undocumented(call, answer);
  }
  const { code, message, details } = errorIn(value);
  const isFailure = status >= 400 && status < 600;
  if (!isFailure || typeof code !== "string" || !code) return undocumented(call, answer);

  const problems = Array.isArray(details) ? details.filter(isDetail) : [];
  const said =
    typeof message === "string" && message ? `: ${message.slice(0, 500).replace(/\.+$/, "")}` : "";
  const [text, carried] = describeFailure(call, {
    happened: `${status} ${code}${said}${listOf(problems)}`,
    outcome: outcomeOf(status, code),
    next: errorFacts(code)?.action,
  });
  return new PikzelsApiError(text, {
    ...carried,
    status,
    code,
    retryAfterMs: retryAfterMs(headers),
    details: problems,
  });
}

/** The object with the code of a failure; an empty one if it is not where the document has it. */
function errorIn(body: unknown): Record<string, unknown> {
  const found = (api.errorPath ?? ["error"]).reduce(
    (value: unknown, key) => (value as Record<string, unknown> | undefined | null)?.[key],
    body,
  );
  return isObject(found) ? found : {};
}

/** Whether a success has the body that the spec promises: a JSON object, or any JSON value. */
function isWanted({ request }: Call, value: unknown): boolean {
  if (request.answer === "value") return value !== undefined;
  return request.answer !== "json" || isObject(value);
}

/** Lists the wrong fields, for readers who see nothing but the message in a log. */
function listOf(problems: readonly ValidationDetail[]): string {
  const list = problems.map(({ field, message }) => (field ? `${field}: ${message}` : message));
  return list.length > 0 ? ` (${list.join("; ").slice(0, 500)})` : "";
}

function undocumented(call: Call, answer: Answer): PikzelsUnexpectedResponseError {
  const { status, body } = answer;
  const isRedirect = status === 0 || (status >= 300 && status < 400);
  const happened = isRedirect
    ? `${status || "status hidden"}, a redirect; not followed, so that the key goes nowhere else`
    : `${status} with ${excerptOf(typeof body === "string" ? body : "")}`;
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
  const line = toLine(text, 200);
  return line ? `an undocumented body: ${line}` : "an empty body";
}

function isDetail(value: unknown): value is ValidationDetail {
  if (!isObject(value) || typeof value["message"] !== "string") return false;
  return value["field"] === undefined || typeof value["field"] === "string";
}

/** Whether a status means success. Not every `fetch` gives responses an `ok`. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
