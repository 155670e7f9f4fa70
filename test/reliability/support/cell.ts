import type { Fault } from "./faults.js";
import { attemptLimitMs, attemptsAtMost, backoffBoundsMs, retryAfterCapMs } from "./policy.js";

export const methods = ["POST", "GET", "PATCH", "DELETE"] as const;
export type Method = (typeof methods)[number];

/** Which request of a call the fault affects. */
export const turns = ["first", "last"] as const;
export type Turn = (typeof turns)[number];

/** How a call ended. */
export interface Result {
  /** The requests that the server received. */
  sent: number;
  error: string | undefined;
  code: string | undefined;
  outcome: string | undefined;
  /** The charges in the server's ledger. */
  charges: number;
  elapsedMs: number;
}

/** One cell of the fault matrix. */
export interface Cell {
  fault: string;
  method: Method;
  turn: Turn;
  result: Result;
}

/**
 * The promise of the policy. The last attempt is the last because the two before it were turned
 * away.
 */
export function promised({ ending, isAfterWork }: Fault, method: Method, turn: Turn): Result {
  const { error, code, outcome, repeats, takes = 0, asksMs } = ending;
  const [firstWait = 0, secondWait = 0] = backoffBoundsMs.map((bound) => bound / 2);
  const isRepeatable = repeats === "all" || (repeats === "free ones" && method !== "POST");
  const isRepeated = turn === "first" && isRepeatable && (asksMs ?? 0) <= retryAfterCapMs;
  const fails = error !== undefined && !isRepeated;
  const workDone = (isAfterWork ? 1 : 0) + (isRepeated ? 1 : 0);
  return {
    sent: turn === "last" ? attemptsAtMost : isRepeated ? 2 : 1,
    error: fails ? error : undefined,
    code: fails ? code : undefined,
    outcome: fails ? outcome : undefined,
    charges: method === "POST" ? workDone : 0,
    elapsedMs:
      (turn === "last" ? firstWait + secondWait : 0) +
      (typeof takes === "number" ? takes : attemptLimitMs(method)) +
      (isRepeated ? (asksMs ?? firstWait) : 0),
  };
}
