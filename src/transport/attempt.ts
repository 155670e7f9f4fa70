import { PikzelsError, type PikzelsConnectionError } from "../wrappers/errors/classes.js";
import { userAgent } from "../wrappers/environment.js";
import type { ResolvedOptions } from "../wrappers/options.js";
import { ignoreErrors } from "./abort.js";
import { connectionErrorOf, doQueue, doWork, emit, type Call, type Reply } from "./call.js";
import { isInstance, neverSent, reasonOf } from "./connection.js";
import { BodyUnreadError, fetchResponse } from "./fetch.js";
import { sharedLimiter, type Lease, type Limiter, type LocalLimiter } from "./limiter.js";
import { failureOf, readAnswer } from "./response.js";
import { backoffMs, retryAfterOf, statusOf } from "./retry.js";

/** The result of an attempt, and how long to wait before another one. */
export interface Attempted {
  reply: Reply;
  waitMs: number;
}

/**
 * Waits for a slot, asks for the current key, and sends the request once. Rejects only if nothing
 * was sent: aborted, out of time, without a usable key, or without a slot.
 */
export async function attempt(call: Call): Promise<Attempted> {
  const { settings } = call;
  const given = call.request.auth ? readKey(call) : "";
  const key = typeof given === "string" ? given : await given;
  const limiter = limiterFor(settings, key);
  const lease = limiter.tryAcquire?.() ?? (await waitForSlot(call, limiter, key));
  let ended: Promise<void> | undefined;
  try {
    const reply = await sendOnce(call, key, lease);
    ended = reply.answer?.ended;
    const waitMs = retryAfterOf(reply.error) ?? backoffMs(call.attempts);
    // Before the slot is released, or the next call in the queue would hit the same limit.
    if (statusOf(reply.error) === 429) {
      void ignoreErrors(() => limiter.pause?.(Math.min(waitMs, settings.maxRetryAfterMs)));
    }
    return { reply, waitMs };
  } finally {
    call.inFlight = false;
    void ignoreErrors(async () => {
      await ended;
      await lease.release();
    });
  }
}

function readKey(call: Call): Promise<string> | string {
  const startedAt = performance.now();
  const given = call.settings.getKey();
  if (typeof given === "string") return given;
  call.workLeftMs -= performance.now() - startedAt;
  // After an abort, nobody may be left to handle its rejection.
  void ignoreErrors(() => given);
  return doWork(call, () => given);
}

/**
 * The caller's own limiter, or the limit that all clients of this process with the same key share.
 */
function limiterFor(
  { concurrency, baseUrl }: ResolvedOptions,
  key: string,
): Limiter & Partial<LocalLimiter> {
  if (typeof concurrency !== "object") return sharedLimiter(`${baseUrl} ${key}`, concurrency);
  // Not the object itself, which may have a `tryAcquire` of another meaning.
  return {
    acquire: (signal) => concurrency.acquire(signal),
    pause: (ms) => concurrency.pause?.(ms),
  };
}

/** A limiter of the caller's may resolve to anything. */
function hasRelease(given: Partial<Lease> | null | undefined): given is Lease {
  return typeof given?.release === "function";
}

const NOTICEABLE_MS = 10;

async function waitForSlot(call: Call, limiter: Limiter, key: string): Promise<Lease> {
  const from = performance.now();
  const lease = await doQueue(call, async (signal) => {
    try {
      const given = (await limiter.acquire(signal)) as Partial<Lease> | null | undefined;
      if (!hasRelease(given)) throw new TypeError("acquire resolved to no lease");
      // Too late for this call, and nobody else would release it.
      if (signal.aborted) void ignoreErrors(() => given.release());
      return given;
    } catch (error) {
      signal.throwIfAborted();
      if (isInstance(error, PikzelsError)) throw error;
      const happened = `the limiter gave no slot (${reasonOf(error, key)})`;
      throw connectionErrorOf(call, { happened, outcome: "not-sent" }, error, key);
    }
  });
  const durationMs = performance.now() - from;
  if (durationMs >= NOTICEABLE_MS) emit(call, { type: "wait", durationMs });
  return lease;
}

/** Sends the request, unless its slot has been lost. A failed connection counts as a reply too. */
async function sendOnce(call: Call, key: string, lease: Lease): Promise<Reply> {
  const { settings, request } = call;
  const ms = settings.attemptTimeoutMs ?? (request.method === "POST" ? 290_000 : 60_000);
  const send = (signal: AbortSignal) => {
    lease.signal?.throwIfAborted();
    call.attempts++;
    call.inFlight = true;
    call.requestId = undefined;
    return exchange(call, key, signal);
  };
  try {
    return await doWork(call, send, ms);
  } catch (error) {
    if (call.signal?.aborted && call.inFlight) call.outcome = "unknown";
    call.signal?.throwIfAborted();
    const known = isInstance(error, PikzelsError) ? error : connectionError(call, error, key);
    return { answer: undefined, error: known };
  }
}

/** Sends the request and reads its answer. Rejects if the connection fails. */
async function exchange(call: Call, key: string, signal: AbortSignal): Promise<Reply> {
  const { settings, request } = call;
  const { headers, body, auth } = request;
  const agent = userAgent();
  emit(call, { type: "request" });
  const sentAt = performance.now();
  const response = await fetchResponse(settings.fetch, settings.baseUrl + request.path, {
    method: request.method,
    headers: {
      accept: "application/json",
      ...(agent && { "user-agent": agent }),
      ...headers,
      ...(auth && { [auth.name]: `${auth.prefix ?? ""}${key}` }),
    },
    ...(body !== undefined && { body }),
    // A redirect would take the key along: `fetch` strips `Authorization` there, but not our
    // header.
    redirect: "manual",
    signal,
  });
  const answer = await readAnswer(call, response, key, signal);
  emit(call, {
    type: "response",
    status: response.status,
    requestId: call.requestId,
    durationMs: performance.now() - sentAt,
  });
  const error = failureOf(call, answer);
  return error?.name === "PikzelsUnexpectedResponseError"
    ? { answer: undefined, error }
    : { answer, error };
}

function connectionError(call: Call, error: unknown, key: string): PikzelsConnectionError {
  const isUnread = isInstance(error, BodyUnreadError);
  const cause = isUnread ? error.cause : error;
  const isSent = call.inFlight && !isUnread && !neverSent(cause);
  const happened = call.inFlight
    ? `the connection failed (${reasonOf(cause, key)})`
    : "the slot among the requests in flight was lost";
  return connectionErrorOf(
    call,
    { happened, outcome: isSent ? "unknown" : "not-sent" },
    cause,
    key,
  );
}
