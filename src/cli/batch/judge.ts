import {
  errorCatalog,
  isKnownErrorCode,
  isPikzelsError,
  type AnyPikzelsError,
  type ErrorFacts,
  type PikzelsApiError,
} from "pikzels-client";
import { BrokenAnswerError, InterruptedError, UsageError } from "../errors.js";

/** What the failure of a row means for it and for the rows after it. */
export interface Verdict {
  /** `failed` if nothing was billed, so that it may be sent again; else `unknown`. */
  readonly state: "failed" | "unknown";
  readonly reason: string;
  readonly requestId?: string | undefined;
  /** Whether every other row would fail for the same reason. */
  readonly stops: boolean;
  /** Whether the request itself was wrong, rather than the service's state at the moment. */
  readonly isOwn: boolean;
  /** Whether it is not the row's failure at all, but this program's or the disk's. */
  readonly isFault: boolean;
}

export function judge(error: unknown): Verdict {
  if (error instanceof InterruptedError || error instanceof BrokenAnswerError) {
    return { ...unknownOutcome, reason: error.message };
  }
  if (error instanceof UsageError) return { ...ownFailure, reason: error.message };
  if (!isPikzelsError(error)) return { ...ownFailure, reason: String(error), isFault: true };
  const { message: reason, requestId, operation } = error;
  // Reading is harmless, however it ended.
  if (error.outcome === "unknown" && operation?.method !== "GET") {
    return { ...unknownOutcome, reason, requestId };
  }
  return { ...ownFailure, reason, requestId, stops: concernsAccount(error), isOwn: isOwn(error) };
}

const ownFailure = { state: "failed", stops: false, isOwn: true, isFault: false } as const;
const unknownOutcome = { ...ownFailure, state: "unknown", isOwn: false } as const;

/** The key, the balance or the account: https://www.rfc-editor.org/rfc/rfc9110#section-15.5 */
function concernsAccount(error: AnyPikzelsError): boolean {
  return error.name === "PikzelsApiError" && [401, 402, 403].includes(statusOf(error));
}

function isOwn(error: AnyPikzelsError): boolean {
  if (error.name === "PikzelsInputError") return true;
  if (error.name !== "PikzelsApiError") return false;
  const catalog: Readonly<Record<string, ErrorFacts>> = errorCatalog;
  return isKnownErrorCode(error.code)
    ? catalog[error.code]?.canSucceedLater === false
    : statusOf(error) < 500 && statusOf(error) !== 429;
}

function statusOf({ status }: PikzelsApiError): number {
  return status;
}
