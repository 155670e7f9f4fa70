import {
  type Outcome,
  PikzelsConnectionError,
  PikzelsExpiredError,
  PikzelsUnexpectedResponseError,
} from "../wrappers/errors/classes.js";
import { composeMessage } from "../wrappers/errors/message.js";
import { copyForeignError, neverSent, reasonOf } from "../transport/connection.js";
import { retryAfterMs } from "../transport/retry.js";

/**
 * Composes the message and fields of a download error. The query is left out: it may be a
 * signature.
 */
export function downloadParts(url: URL, happened: string, outcome: Outcome, next = "") {
  const operation = { method: "GET", path: url.origin + url.pathname };
  const subject = `Download of ${operation.path}`;
  const message = composeMessage({ subject, happened, consequence: "Nothing was saved.", next });
  return [message, { operation, outcome, url: url.href }] as const;
}

export function expiredError(url: URL, { status }: Response): PikzelsExpiredError {
  const next = "Generate it again, and save outputs within 24 hours.";
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
  const happened = `the connection failed (${reasonOf(cause, "")})`;
  const outcome = neverSent(cause) ? "not-sent" : "unknown";
  const [message, fields] = downloadParts(url, happened, outcome);
  return new PikzelsConnectionError(message, { ...fields, cause: copyForeignError(cause, "") });
}
