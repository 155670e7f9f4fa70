import { errorCatalog } from "../generated/errors.js";
import { isObject } from "../openapi/json.js";
import type { Bytes } from "../wrappers/bytes.js";
import { PikzelsApiError, type ValidationDetail } from "../wrappers/errors/api-error.js";
import { isKnownErrorCode } from "../wrappers/errors/error-code.js";
import type { Outcome } from "../wrappers/errors/pikzels-error.js";
import { PikzelsUnexpectedResponseError } from "../wrappers/errors/unexpected-response-error.js";
import { errorParts, type Call } from "./call.js";
import { retryAfterMs } from "./retry-after.js";

/** What a request was answered with, read to the end. */
export interface Answer {
  status: number;
  headers: Headers;
  /** Takes the key out of what the answer quotes. */
  redact: (text: string) => string;
  /** The body as it came. */
  bytes: Bytes;
  /** The body's text, free of the key; empty where the bytes are all that is asked for. */
  text: string;
  /** The body's JSON value, where it has one. */
  json: unknown;
}

/**
 * Says why an answer is a failure; `undefined` where it is none. The status decides, the body only
 * says more.
 *
 * @throws {PikzelsUnexpectedResponseError} for an answer that is not documented.
 */
export function failureOf(call: Call, answer: Answer): PikzelsApiError | undefined {
  const { status, headers, json } = answer;
  if (isSuccess(status)) {
    if (call.request.answer === "json" && !isObject(json)) throw unexpected(call, answer);
    return undefined;
  }
  const envelope = isObject(json) && isObject(json["error"]) ? json["error"] : {};
  const { code, message, details } = envelope;
  if (status < 400 || typeof code !== "string" || !code) throw unexpected(call, answer);

  const problems = Array.isArray(details) ? details.filter(isDetail) : [];
  const said =
    typeof message === "string" && message ? `: ${message.slice(0, 500).replace(/\.+$/, "")}` : "";
  const next = isKnownErrorCode(code) ? errorCatalog[code].action : undefined;
  const happened = `${status} ${code}${said}${listOf(problems)}`;
  const [text, carried] = errorParts(call, happened, outcomeOf(status, code), next);
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

function unexpected(call: Call, answer: Answer) {
  const { status, text } = answer;
  const isRedirect = status === 0 || (status >= 300 && status < 400);
  const happened = isRedirect
    ? `${status || "status hidden"}, a redirect; not followed, so that the key goes nowhere else`
    : `${status} with ${excerptOf(text)}`;
  return unexpectedResponse(call, happened, answer);
}

export function unexpectedResponse(
  call: Call,
  happened: string,
  { status, headers }: Pick<Answer, "status" | "headers">,
) {
  const [text, carried] = errorParts(call, happened, outcomeOf(status));
  return new PikzelsUnexpectedResponseError(text, {
    ...carried,
    status,
    retryAfterMs: retryAfterMs(headers),
  });
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

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
