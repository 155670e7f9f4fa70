import { isKnownErrorCode } from "../wrappers/errors/api-error.js";
import type { Outcome } from "../wrappers/errors/classes.js";
import { hasErrorCode, isPikzelsError } from "../wrappers/errors/guards.js";

/**
 * Whether a failed request may be sent again. A POST costs money and the API knows no idempotency
 * key; the others may be repeated, so for them a network error and any 5xx will do.
 */
export function mayRetry(method: string, error: unknown): boolean {
  if (!isPikzelsError(error) || error.name === "PikzelsInputError") return false;
  if (surelyDidNothing(error)) return true;
  const status = statusOf(error);
  const isPassing = status === undefined ? error.outcome === "unknown" : status >= 500;
  return isPassing && isIdempotent(method);
}

/** Whether sending a request twice does no more than sending it once (RFC 9110, section 9.2.2). */
export function isIdempotent(method: string): boolean {
  return /^(GET|HEAD|OPTIONS|PUT|PATCH|DELETE)$/.test(method);
}

/**
 * Whether a failed request surely did nothing, so that sending it again cannot pay twice: it never
 * left, was turned away by a limit, or met the maintenance window.
 */
export function surelyDidNothing(error: unknown): boolean {
  return (
    (isPikzelsError(error) && error.outcome === "not-sent") ||
    statusOf(error) === 429 ||
    (hasErrorCode(error, "SERVICE_UNDER_MAINTENANCE") && statusOf(error) === 503)
  );
}

/**
 * What an answer that is a failure says of the request. A documented code tells: only successful
 * generations are billed, so one that failed, was cancelled or took too long is as good as refused.
 * `INTERNAL_ERROR` tells nothing, nor does maintenance with any status but its own.
 */
export function outcomeOf(status: number, code?: string): Outcome {
  if (status === 429) return "rejected";
  const isMaintenance = code === "SERVICE_UNDER_MAINTENANCE";
  const tells = code !== "INTERNAL_ERROR" && isKnownErrorCode(code);
  if (tells && (!isMaintenance || status === 503)) return "rejected";
  return status >= 400 && status < 500 && code !== "INTERNAL_ERROR" ? "rejected" : "unknown";
}

/** The status of the answer that an error tells of; `undefined` if there was none. */
export function statusOf(error: unknown): number | undefined {
  return isPikzelsError(error) && "status" in error ? error.status : undefined;
}

/** How long that answer asked to wait, in milliseconds; `undefined` if it did not. */
export function retryAfterOf(error: unknown): number | undefined {
  return isPikzelsError(error) && "retryAfterMs" in error ? error.retryAfterMs : undefined;
}

const FIRST_MS = 500;
const LONGEST_MS = 8000;

/**
 * How long to wait after the n-th failed attempt, in milliseconds: anything from nothing to a bound
 * that doubles each time. "Full jitter" spreads callers that failed together the widest
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 */
export function backoffMs(attempt: number, random = Math.random): number {
  return random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
}

/**
 * The wait that a `Retry-After` header asks for, in milliseconds: seconds, or a date in the format of
 * HTTP (RFC 9110, section 10.2.3). Anything else counts as no wish at all: a malformed header must
 * not switch retries off.
 */
export function retryAfterMs(headers: Headers, now = Date.now()): number | undefined {
  const value = headers.get("retry-after") ?? "";
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = value.endsWith("GMT") ? Date.parse(value) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
