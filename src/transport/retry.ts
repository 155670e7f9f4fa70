import { isKnownErrorCode } from "../wrappers/errors/api-error.js";
import type { Outcome } from "../wrappers/errors/classes.js";
import { isPikzelsApiError, isPikzelsError } from "../wrappers/errors/guards.js";

/**
 * Whether a failed request may be sent again. A POST costs money and the API has no idempotency
 * keys; the other methods may be repeated, so they are also retried after a network error or any
 * 5xx.
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
 * Whether a failed request certainly had no effect, so that sending it again cannot pay twice: it
 * was never sent, was rejected by a rate limit, or fell into a maintenance window.
 */
export function surelyDidNothing(error: unknown): boolean {
  if (!isPikzelsError(error)) return false;
  const code = isPikzelsApiError(error) ? String(error.code) : undefined;
  return error.outcome === "not-sent" || isTurnedAway(statusOf(error), code);
}

/** Whether an answer says that the service did not begin with the request. */
function isTurnedAway(status: number | undefined, code: string | undefined): boolean {
  return status === 429 || (status === 503 && code === MAINTENANCE);
}

const MAINTENANCE = "SERVICE_UNDER_MAINTENANCE";

/**
 * The outcome that a failure's status and code imply. A documented code settles it: only successful
 * generations are billed, so one that failed, was cancelled or took too long counts as rejected.
 * `INTERNAL_ERROR` settles nothing, nor does maintenance with an unexpected status.
 */
export function outcomeOf(status: number, code?: string): Outcome {
  if (isTurnedAway(status, code)) return "rejected";
  const tells = code !== "INTERNAL_ERROR" && code !== MAINTENANCE && isKnownErrorCode(code);
  if (tells) return "rejected";
  return status >= 400 && status < 500 && code !== "INTERNAL_ERROR" ? "rejected" : "unknown";
}

/** The status of the answer that an error describes; `undefined` if there was no answer. */
export function statusOf(error: unknown): number | undefined {
  return isPikzelsError(error) && "status" in error ? error.status : undefined;
}

/** How long that answer asked to wait, in milliseconds; `undefined` if it did not say. */
export function retryAfterOf(error: unknown): number | undefined {
  return isPikzelsError(error) && "retryAfterMs" in error ? error.retryAfterMs : undefined;
}

const FIRST_MS = 500;
const LONGEST_MS = 8000;

/**
 * How long to wait after the n-th failed attempt, in milliseconds: a random time between zero and a
 * bound that doubles each time. This "full jitter" best spreads callers that failed together
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 */
export function backoffMs(attempt: number, random = Math.random): number {
  return random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
}

/**
 * The delay that a `Retry-After` header asks for, in milliseconds. It holds seconds or an HTTP date
 * (RFC 9110, section 10.2.3). Anything else is ignored: a malformed header must not switch retries
 * off.
 */
export function retryAfterMs(headers: Headers, now = Date.now()): number | undefined {
  const value = headers.get("retry-after") ?? "";
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = value.endsWith("GMT") ? Date.parse(value) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
