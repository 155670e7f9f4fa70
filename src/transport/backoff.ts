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
