import type { PikzelsEvent } from "pikzels-client";

export interface RetryBudgetOptions {
  /**
   * Retries that each call adds to the shared budget: 0.1 allows one retry per ten calls. @default
   * 0.1
   */
  perCall?: number;
  /** The initial and maximum number of retries in the budget. @default 10 */
  most?: number;
}

/**
 * Limits the retries of a whole program. Each call has good reasons to retry, but in an outage all
 * of them together would multiply the load that the service is failing under. With a budget, the
 * extra load stays a fraction of the calls, however many fail.
 */
export function createRetryBudget({ perCall = 0.1, most = 10 }: RetryBudgetOptions = {}) {
  let left = most;
  return {
    /** Pass this as the client's `onEvent` option. */
    onEvent: (event: PikzelsEvent) => {
      if (event.type === "request" && event.attempt === 1) left = Math.min(most, left + perCall);
      if (event.type === "retry") left -= 1;
    },
    /** Pass this as a call's `maxRetries` option: fewer than wanted if little is left. */
    maxRetries: (wanted = 2) => Math.max(0, Math.min(wanted, Math.floor(left))),
  };
}
