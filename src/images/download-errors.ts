import { PikzelsConnectionError } from "../wrappers/errors/connection-error.js";
import { PikzelsExpiredError } from "../wrappers/errors/expired-error.js";
import type { Outcome } from "../wrappers/errors/pikzels-error.js";
import { PikzelsUnexpectedResponseError } from "../wrappers/errors/unexpected-response-error.js";
import { codeOf, neverSent } from "../transport/connection.js";
import { retryAfterMs } from "../transport/retry-after.js";

/** The message and fields of a download's error. The query is left out: it may be a signature. */
export function downloadParts(url: URL, happened: string, outcome: Outcome, next = "") {
  const operation = { method: "GET", path: url.origin + url.pathname };
  const message = `Download of ${operation.path}: ${happened}. Nothing was saved.${next}`;
  return [message, { operation, outcome }] as const;
}

export function expiredError(url: URL, { status }: Response): PikzelsExpiredError {
  const next = " Generate it again, and save outputs within 24 hours.";
  return new PikzelsExpiredError(
    ...downloadParts(url, `${status}, the address has expired`, "rejected", next),
  );
}

export function unexpectedError(url: URL, { status, headers }: Response, happened: string) {
  const [message, fields] = downloadParts(url, happened, "rejected");
  const response = { status, retryAfterMs: retryAfterMs(headers) };
  return new PikzelsUnexpectedResponseError(message, { ...fields, ...response });
}

export function connectionError(url: URL, cause: unknown): PikzelsConnectionError {
  const happened = `the connection failed (${codeOf(cause)})`;
  const outcome = neverSent(cause) ? "not-sent" : "unknown";
  const [message, fields] = downloadParts(url, happened, outcome);
  return new PikzelsConnectionError(message, { ...fields, cause });
}
