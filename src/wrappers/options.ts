import { createEventLog, LOG_LEVELS, type OnEvent } from "../transport/events.js";
import { fetchFor, type Fetch } from "../transport/fetch.js";
import type { Limiter } from "../transport/limiter.js";
import { createKeyProvider, type ApiKey } from "./auth.js";
import { checkBaseUrl } from "./base-url.js";
import { environmentVariable, isBrowser } from "./environment.js";
import { PikzelsInputError } from "./errors/classes.js";
import {
  checkAny,
  checkBoolean,
  checkCount,
  checkFunction,
  checkMs,
  checkOptions,
  checkPositiveCount,
  checkSignal,
  refuseOption,
  type Check,
} from "./validate.js";

/** How long a call may take and how often it is sent. */
export interface CallLimits {
  /**
   * Milliseconds for which the call may be at work: every attempt, the reading of the answer, and the
   * delays between attempts. Waiting for a free slot does not count. `Infinity` switches it off.
   *
   * @default 600_000 (10 minutes; a generation takes one to three)
   */
  timeoutMs?: number | undefined;
  /**
   * Milliseconds for which the call may wait for a free slot among the requests in flight, over all
   * its attempts.
   *
   * @default Infinity
   */
  queueTimeoutMs?: number | undefined;
  /**
   * How many times a call is sent again at most; 0 is exactly one request. A POST is sent again only
   * if it surely did nothing (429, maintenance, a connection that was never made); the others also
   * after network errors and 5xx answers.
   *
   * @default 2
   */
  maxRetries?: number | undefined;
}

/** What each method takes as its last argument. */
export interface CallOptions extends CallLimits {
  /** Aborts the call at any moment; it rejects with the signal's `reason`. */
  signal?: AbortSignal | undefined;
  /** Further request headers. The key, `Host` and framing headers cannot be set. */
  headers?: ConstructorParameters<typeof Headers>[0];
}

/** What `createPikzels` takes. */
export interface PikzelsOptions extends CallLimits {
  /**
   * The key, or a function that is called for it before each request. Default: the environment
   * variable `PIKZELS_API_KEY`.
   */
  apiKey?: ApiKey | undefined;
  /**
   * Where the API is: https, or http on loopback. Default: the environment variable
   * `PIKZELS_BASE_URL`, else `https://api.pikzels.com`.
   */
  baseUrl?: string | undefined;
  /** Sends the requests, for a proxy or a test. Default: the global `fetch`. */
  fetch?: Fetch | undefined;
  /**
   * Milliseconds for one attempt, including reading its answer.
   *
   * Node's own `fetch` gives up after 300 s without an answer, whatever is set here.
   *
   * @default 290_000 for a POST, 60_000 for the others
   */
  attemptTimeoutMs?: number | undefined;
  /**
   * The longest `Retry-After` that is waited for, in milliseconds; if the service asks to
   * wait longer, the call fails at once, and its error says how long in `retryAfterMs`.
   *
   * @default 60_000
   */
  maxRetryAfterMs?: number | undefined;
  /**
   * How many requests of this key may be in flight at a time in this process, over all clients, or
   * a limiter of your own, such as the one of `pikzels-client/redis`.
   *
   * @default 10
   */
  concurrency?: number | Limiter | undefined;
  /**
   * Called for every request, response, retry and wait, and when a call ends, for logging and
   * tracing. The environment variable `PIKZELS_LOG` (`debug` or `info`) prints the same.
   */
  onEvent?: OnEvent | undefined;
  /**
   * Allows use in a browser, where every visitor can read the key and a paid call may be sent
   * twice: browsers repeat a POST when a reused connection breaks, and offer no way to prevent it.
   *
   * @default false
   */
  dangerouslyAllowBrowser?: boolean | undefined;
}

/** The client's options, checked and completed. */
export type ResolvedOptions = ReturnType<typeof resolveOptions>;

const CLIENT_OPTIONS = {
  apiKey: checkAny,
  baseUrl: checkAny,
  fetch: checkFunction,
  timeoutMs: checkMs,
  queueTimeoutMs: checkMs,
  attemptTimeoutMs: checkMs,
  maxRetryAfterMs: checkMs,
  maxRetries: checkCount,
  concurrency: checkConcurrency,
  onEvent: checkFunction,
  dangerouslyAllowBrowser: checkBoolean,
} satisfies Record<keyof PikzelsOptions, Check>;

const BROWSER_RISK =
  "In a browser every visitor can read the API key, and the browser may send a paid call twice if a connection breaks: call from a server";

/** @throws {PikzelsInputError} at once for whatever cannot be right. */
export function resolveOptions(given: PikzelsOptions) {
  const options = checkOptions("createPikzels", given, CLIENT_OPTIONS);
  if (isBrowser() && !options.dangerouslyAllowBrowser) {
    throw new PikzelsInputError(`${BROWSER_RISK}, or set dangerouslyAllowBrowser.`);
  }
  if (isBrowser()) console.warn(`pikzels-client: ${BROWSER_RISK}.`);
  return {
    baseUrl: checkBaseUrl(options.baseUrl),
    getKey: createKeyProvider(options.apiKey),
    fetch: fetchFor(options.fetch),
    onEvent: withLog(options.onEvent),
    timeoutMs: options.timeoutMs ?? 600_000,
    queueTimeoutMs: options.queueTimeoutMs ?? Infinity,
    maxRetries: options.maxRetries ?? 2,
    attemptTimeoutMs: options.attemptTimeoutMs,
    maxRetryAfterMs: options.maxRetryAfterMs ?? 60_000,
    concurrency: options.concurrency ?? 10,
  };
}

const CALL_OPTIONS = {
  timeoutMs: checkMs,
  queueTimeoutMs: checkMs,
  maxRetries: checkCount,
  signal: checkSignal,
  headers: checkAny,
} satisfies Record<keyof CallOptions, Check>;

/**
 * Copies the options of one call, so that later changes by the caller have no effect.
 *
 * @throws {PikzelsInputError} for whatever cannot be right.
 */
export function checkCallOptions(given: CallOptions): CallOptions {
  // Query parameters come with the options; they are checked against the document.
  return checkOptions("A call", given, { ...CALL_OPTIONS, query: checkAny });
}

/** The options that `api` passes on to openapi-fetch, and how they are checked. */
const OPENAPI_FETCH_OPTIONS: Readonly<Record<string, Check>> = {
  params: checkAny,
  parseAs: checkParseAs,
  middleware: (name, value) => {
    if (!Array.isArray(value)) refuseOption(name, "an array", value);
  },
  baseUrl: (name, value) => {
    if (typeof value !== "string" || !URL.canParse(value)) refuseOption(name, "an address", value);
  },
  querySerializer: (name, value) => {
    if (typeof value !== "object" || value === null) checkFunction(name, value);
  },
  bodySerializer: checkFunction,
  pathSerializer: checkFunction,
  body: checkAny,
};

function checkParseAs(name: string, value: unknown): void {
  const known = ["json", "text", "blob", "arrayBuffer", "stream"];
  if (!known.includes(value as string)) refuseOption(name, known.join(", "), value);
}

/** What `api` takes of a call's options itself, and the rest, which openapi-fetch takes. */
export type ApiCallOptions = CallLimits & Record<string, unknown> & { signal?: AbortSignal | null };

/**
 * The same for the options of a call of `api`. Options of a `Request` are accepted, although they
 * have no effect; another `fetch` is not, since it would bypass the key, the limits and the retries.
 *
 * @throws {PikzelsInputError} for whatever cannot be right.
 */
export function checkApiOptions(given: object = {}): ApiCallOptions {
  const ofRequest = Object.keys(Object(given) as object).filter(
    (name) => name in Request.prototype,
  );
  return checkOptions("A call of api", given as ApiCallOptions, {
    ...Object.fromEntries(ofRequest.map((name) => [name, checkAny])),
    ...OPENAPI_FETCH_OPTIONS,
    ...CALL_OPTIONS,
    // `fetch` also accepts null.
    signal: (name, value) => {
      if (value !== null) checkSignal(name, value);
    },
    headers: (name, value) => {
      if (value === null || typeof value === "object") return;
      refuseOption(name, "an object, pairs or Headers", value);
    },
  });
}

function withLog(onEvent: OnEvent | undefined): OnEvent | undefined {
  const level = LOG_LEVELS.find((known) => known === environmentVariable("PIKZELS_LOG"));
  if (!level) return onEvent;
  const log = createEventLog(level);
  return (event) => {
    log(event);
    return onEvent?.(event);
  };
}

function checkConcurrency(name: string, value: unknown): void {
  const { acquire, pause } = Object(value) as Partial<Limiter>;
  if (typeof value !== "object") checkPositiveCount(name, value);
  else if (typeof acquire !== "function") {
    refuseOption(name, "a whole number from 1 on, or a limiter with an acquire function", value);
  } else if (pause !== undefined) checkFunction(`${name}.pause`, pause);
}
