import { PikzelsInputError } from "../errors/input-error.js";
import { keeperOf } from "../options/api-key.js";
import { checkedBaseUrl } from "../options/base-url.js";
import { isBrowser } from "../options/environment.js";
import { checkedCount, checkedMs } from "../options/limits.js";
import type { PikzelsOptions } from "../options/options.js";
import type { Limiter } from "./limiter.js";
import { platformFetch } from "./platform-fetch.js";
import { sharedLimiter, type LocalLimiter } from "./shared-limit.js";

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
    fetch: options.fetch ?? platformFetch,
    onEvent: options.onEvent,
    timeoutMs: checkedMs("timeoutMs", options.timeoutMs) ?? 600_000,
    maxRetries: checkedCount("maxRetries", options.maxRetries) ?? 2,
    attemptTimeoutMs: checkedMs("attemptTimeoutMs", options.attemptTimeoutMs),
    maxRetryAfterMs: checkedMs("maxRetryAfterMs", options.maxRetryAfterMs) ?? 60_000,
    limiterFor: limiterOf(options.concurrency, baseUrl),
  };
}

function limiterOf(
  concurrency: number | Limiter = 10,
  baseUrl: string,
): (key: string) => Limiter & Partial<LocalLimiter> {
  if (typeof concurrency === "object") return () => concurrency;
  const limit = checkedCount("concurrency", concurrency, 1);
  return (key) => sharedLimiter(`${baseUrl} ${key}`, limit);
}
