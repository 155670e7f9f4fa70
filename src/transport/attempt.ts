import { PikzelsConnectionError } from "../wrappers/errors/connection-error.js";
import { PikzelsError } from "../wrappers/errors/pikzels-error.js";
import { backoffMs } from "./backoff.js";
import { bounded, emit, errorParts, type Call, type Reply } from "./call.js";
import { codeOf, neverSent, withoutKey } from "./connection.js";
import { exchange } from "./exchange.js";
import type { Lease, Limiter } from "./limiter.js";
import { quietly } from "./quietly.js";
import { retryAfterOf, statusOf } from "./retry.js";
import type { Settings } from "./settings.js";
import { sharedLimiter, type LocalLimiter } from "./shared-limit.js";

/** What an attempt came to, and how long to wait before another. */
export interface Attempted {
  reply: Reply;
  waitMs: number;
}

/**
 * Sends the request once, with a key asked for now, as soon as there is a place for it. Rejects only
 * where nothing was sent: aborted, out of time, or without a usable key.
 */
export async function attempt(call: Call): Promise<Attempted> {
  const { settings } = call;
  const asked = settings.askKey();
  const key = typeof asked === "string" ? asked : await bounded(call, () => asked);
  const limiter = limiterFor(settings, key);
  const lease = limiter.tryAcquire?.() ?? (await queue(call, limiter));
  try {
    const reply = await replyTo(call, key, lease);
    const waitMs = retryAfterOf(reply.error) ?? backoffMs(call.attempts);
    // Before the place is free again, or the next in line would run into the same limit.
    if (statusOf(reply.error) === 429) {
      limiter.pause?.(Math.min(waitMs, settings.maxRetryAfterMs));
    }
    return { reply, waitMs };
  } finally {
    call.inFlight = false;
    void quietly(() => lease.release());
  }
}

/** The limiter that was given, or the limit of all clients in this process with the same key. */
function limiterFor(
  { concurrency, baseUrl }: Settings,
  key: string,
): Limiter & Partial<LocalLimiter> {
  return typeof concurrency === "object"
    ? concurrency
    : sharedLimiter(`${baseUrl} ${key}`, concurrency);
}

const NOTICEABLE_MS = 10;

async function queue(call: Call, limiter: Limiter): Promise<Lease> {
  const from = performance.now();
  const lease = await bounded(call, async (signal) => {
    const given = await limiter.acquire(signal);
    // Too late for this call: nobody else would give it back.
    if (signal.aborted) void quietly(() => given.release());
    return given;
  });
  const durationMs = performance.now() - from;
  if (durationMs >= NOTICEABLE_MS) emit(call, { type: "wait", durationMs });
  return lease;
}

async function replyTo(call: Call, key: string, lease: Lease): Promise<Reply> {
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
    return await bounded(call, send, ms);
  } catch (error) {
    request.options.signal?.throwIfAborted();
    const known = error instanceof PikzelsError ? error : connectionError(call, error, key);
    return { answer: undefined, error: known };
  }
}

function connectionError(call: Call, cause: unknown, key: string): PikzelsConnectionError {
  const outcome = !call.inFlight || neverSent(cause) ? "not-sent" : "unknown";
  const happened = call.inFlight
    ? `the connection failed (${codeOf(cause)})`
    : "the place among the requests in flight was lost";
  const [message, carried] = errorParts(call, happened, outcome);
  return new PikzelsConnectionError(message, { ...carried, cause: withoutKey(cause, key) });
}
