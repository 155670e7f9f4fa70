import { PikzelsConnectionError, PikzelsError } from "../wrappers/errors/classes.js";
import type { ResolvedOptions } from "../wrappers/options.js";
import { ignoreErrors } from "./abort.js";
import { describeFailure, doStep, emit, type Call, type Reply } from "./call.js";
import { codeOf, neverSent, withoutKey } from "./connection.js";
import { sharedLimiter, type Lease, type Limiter, type LocalLimiter } from "./limiter.js";
import { failureOf, readAnswer } from "./response.js";
import { backoffMs, retryAfterOf, statusOf } from "./retry.js";

/** What an attempt came to, and how long to wait before another. */
export interface Attempted {
  reply: Reply;
  waitMs: number;
}

/**
 * Sends the request once, with a key asked for now, as soon as there is a slot for it. Rejects only
 * if nothing was sent: aborted, out of time, or without a usable key.
 */
export async function attempt(call: Call): Promise<Attempted> {
  const { settings } = call;
  const given = settings.getKey();
  const key = typeof given === "string" ? given : await doStep(call, () => given);
  const limiter = limiterFor(settings, key);
  const lease = limiter.tryAcquire?.() ?? (await waitForSlot(call, limiter));
  try {
    const reply = await sendOnce(call, key, lease);
    const waitMs = retryAfterOf(reply.error) ?? backoffMs(call.attempts);
    // Before the slot is free again, or the next in line would run into the same limit.
    if (statusOf(reply.error) === 429) {
      limiter.pause?.(Math.min(waitMs, settings.maxRetryAfterMs));
    }
    return { reply, waitMs };
  } finally {
    call.inFlight = false;
    void ignoreErrors(() => lease.release());
  }
}

/** The limiter that was given, or the limit of all clients in this process with the same key. */
function limiterFor(
  { concurrency, baseUrl }: ResolvedOptions,
  key: string,
): Limiter & Partial<LocalLimiter> {
  return typeof concurrency === "object"
    ? concurrency
    : sharedLimiter(`${baseUrl} ${key}`, concurrency);
}

const NOTICEABLE_MS = 10;

async function waitForSlot(call: Call, limiter: Limiter): Promise<Lease> {
  const from = performance.now();
  const lease = await doStep(call, async (signal) => {
    const given = await limiter.acquire(signal);
    // Too late for this call: nobody else would give it back.
    if (signal.aborted) void ignoreErrors(() => given.release());
    return given;
  });
  const durationMs = performance.now() - from;
  if (durationMs >= NOTICEABLE_MS) emit(call, { type: "wait", durationMs });
  return lease;
}

/** Sends the request, unless the slot is lost by now. A failed connection is a reply, too. */
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
    return await doStep(call, send, ms);
  } catch (error) {
    request.options.signal?.throwIfAborted();
    const known = error instanceof PikzelsError ? error : connectionError(call, error, key);
    return { answer: undefined, error: known };
  }
}

/** Sends the request and reads its answer. Rejects if the connection fails. */
async function exchange(call: Call, key: string, signal: AbortSignal): Promise<Reply> {
  const { settings, request } = call;
  const { headers, body, auth } = request;
  emit(call, { type: "request" });
  const sentAt = performance.now();
  const response = await settings.fetch(settings.baseUrl + request.path, {
    method: request.method,
    headers: {
      accept: "application/json",
      ...headers,
      ...(auth && { [auth.name]: `${auth.prefix ?? ""}${key}` }),
    },
    ...(body !== undefined && { body }),
    // A redirect would take the key along: `fetch` strips `Authorization` there, but not ours.
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

function connectionError(call: Call, cause: unknown, key: string): PikzelsConnectionError {
  const [message, carried] = describeFailure(call, {
    happened: call.inFlight
      ? `the connection failed (${codeOf(cause)})`
      : "the slot among the requests in flight was lost",
    outcome: !call.inFlight || neverSent(cause) ? "not-sent" : "unknown",
  });
  return new PikzelsConnectionError(message, { ...carried, cause: withoutKey(cause, key) });
}
