import type { PikzelsEvent } from "pikzels-client";

export interface RetryBudgetOptions {
  /** Retries that every call earns for all: 0.1 allows one retry for ten calls. @default 0.1 */
  perCall?: number;
  /** Retries that there are at first, and at most. @default 10 */
  most?: number;
}

/**
 * One bound on the retries of a whole program. Each call alone retries for good reasons; in an outage
 * they would together be a multiple of the load that the service fails under. With a budget the
 * extra load stays a share of what is asked for, however many calls fail.
 */
export function createRetryBudget({ perCall = 0.1, most = 10 }: RetryBudgetOptions = {}) {
  let left = most;
  return {
    /** For the option `onEvent` of the client. */
    onEvent: (event: PikzelsEvent) => {
      if (event.type === "request" && event.attempt === 1) left = Math.min(most, left + perCall);
      if (event.type === "retry") left -= 1;
    },
    /** For the option `maxRetries` of a call: fewer than wanted if little is left. */
    maxRetries: (wanted = 2) => Math.max(0, Math.min(wanted, Math.floor(left))),
  };
}
