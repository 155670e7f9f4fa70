import type { FaultName } from "pikzels-client/emulator";
import { errorCatalog, type ErrorCode } from "../../sample-api/generated/errors.js";

/**
 * The promise for a call whose request met a fault, written down independently of the client's
 * code: the fault matrix checks the client against it.
 */
export interface Ending {
  /** The error's name; left out if the fault does no harm. */
  error?: string;
  code?: string;
  outcome?: "rejected" | "unknown";
  /**
   * Which requests are resent: none, those that cost nothing however often they succeed, or all.
   */
  repeats: "none" | "free ones" | "all";
  /** What the request waits for: the end of the attempt's time limit, or this many milliseconds. */
  takes?: "the time of an attempt" | number;
  /** The wait that `Retry-After` asks for. */
  asksMs?: number;
}

const unexpected = "PikzelsUnexpectedResponseError";
const brokenConnection: Ending = {
  error: "PikzelsConnectionError",
  outcome: "unknown",
  repeats: "free ones",
};
const silence: Ending = {
  error: "PikzelsTimeoutError",
  outcome: "unknown",
  repeats: "free ones",
  takes: "the time of an attempt",
};
const brokenServer: Ending = { error: unexpected, outcome: "unknown", repeats: "free ones" };
/** The work seems to be done, and resending would bring the same response. */
const unreadable: Ending = { error: unexpected, outcome: "unknown", repeats: "none" };
const harmless: Ending = { repeats: "none" };

export const endings: Record<FaultName, Ending> = {
  reset: brokenConnection,
  "no-answer": silence,
  "slow-answer": { ...harmless, takes: 1000 },
  "stalled-body": silence,
  "cut-body": brokenConnection,
  "empty-body": brokenServer,
  html: brokenServer,
  "malformed-json": unreadable,
  "truncated-json": unreadable,
  "wrong-content-type": harmless,
  "null-body": unreadable,
  "wrong-shape": unreadable,
  "missing-code": brokenServer,
  "foreign-code": {
    error: "PikzelsApiError",
    code: "NEVER_PUBLISHED",
    outcome: "rejected",
    repeats: "none",
  },
  redirect: unreadable,
  "wrong-length": unreadable,
  "endless-body": unreadable,
  "huge-body": unreadable,
};

/** Codes with which the service says that it has not even started. */
const notBegun: ErrorCode[] = ["TOO_MANY_REQUESTS", "SERVICE_UNDER_MAINTENANCE"];

export function endingOf(code: ErrorCode): Ending {
  const isPassing = (errorCatalog[code].status ?? 0) >= 500;
  return {
    error: "PikzelsApiError",
    code,
    outcome: code === "INTERNAL_ERROR" ? "unknown" : "rejected",
    repeats: notBegun.includes(code) ? "all" : isPassing ? "free ones" : "none",
  };
}

/** With the default of 2 retries. */
export const attemptsAtMost = 3;

/**
 * The wait before each retry is at most this long; with a jitter that always comes up half, it is
 * half of it.
 */
export const backoffBoundsMs = [500, 1000];

export const retryAfterCapMs = 60_000;

export function attemptLimitMs(method: string): number {
  return method === "POST" ? 290_000 : 60_000;
}
