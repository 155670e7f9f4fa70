import { PikzelsInputError } from "../wrappers/errors/input-error.js";
import { keeperOf } from "../wrappers/options/api-key.js";
import { checkedBaseUrl } from "../wrappers/options/base-url.js";
import { isBrowser } from "../wrappers/options/environment.js";
import { checkedCount, checkedMs } from "../wrappers/options/limits.js";
import type { PikzelsOptions } from "../wrappers/options/options.js";
import type { Fetch } from "./fetch.js";
import type { Limiter } from "./limiter.js";

/** The client's options, checked and completed. */
export type Settings = ReturnType<typeof settle>;

/** @throws {PikzelsInputError} at once for whatever cannot be right. */
export function settle(options: PikzelsOptions) {
  if (isBrowser() && !options.dangerouslyAllowBrowser) {
    throw new PikzelsInputError(
      "In a browser every visitor could read the API key: call from a server, or set dangerouslyAllowBrowser.",
    );
  }
  const baseUrl = checkedBaseUrl(options.baseUrl);
  return {
    baseUrl,
    askKey: keeperOf(options.apiKey),
    fetch: options.fetch ?? globalFetch,
    onEvent: options.onEvent,
    timeoutMs: checkedMs("timeoutMs", options.timeoutMs) ?? 600_000,
    maxRetries: checkedCount("maxRetries", options.maxRetries) ?? 2,
    attemptTimeoutMs: checkedMs("attemptTimeoutMs", options.attemptTimeoutMs),
    maxRetryAfterMs: checkedMs("maxRetryAfterMs", options.maxRetryAfterMs) ?? 60_000,
    concurrency: checkedConcurrency(options.concurrency),
  };
}

/** Looked up at each call: tests and tracers replace the global `fetch` at any time. */
const globalFetch: Fetch = (url, init) => globalThis.fetch(url, init);

function checkedConcurrency(concurrency: number | Limiter = 10): number | Limiter {
  return typeof concurrency === "object"
    ? concurrency
    : checkedCount("concurrency", concurrency, 1);
}
