import { PikzelsConnectionError, type Lease, type Limiter } from "../index.js";
import { holdLease, type HeldLease } from "./lease.js";
import { resolveOptions, type RedisLimiterEvent, type RedisLimiterOptions } from "./options.js";
import { createSlots, OverdueError, withoutCommand, type Slot } from "./slots.js";
import { SharedLimit } from "../transport/limiter.js";
import { delay, ignoreErrors } from "../transport/abort.js";

/** A limiter for the `concurrency` option of `createPikzels`, and for work of your own. */
export interface RedisLimiter extends Limiter {
  /**
   * Resolves when a slot is free; release the lease when the work is done.
   *
   * @throws {PikzelsConnectionError} with outcome `"not-sent"` while Redis is away, unless
   * `onUnavailable` sets a local limit; the signal's reason if it aborts.
   */
  acquire: (signal?: AbortSignal) => Promise<Lease>;
  /**
   * Lets no call start in any process for `ms` milliseconds; the client calls it after a 429. Of several
   * pauses the one that ends last holds. `Infinity` lasts until `semaphore:<key>:paused` is deleted in
   * Redis, and in this process for good.
   */
  pause: (ms: number) => void;
}

/**
 * Creates a limit on calls in flight that any number of processes and machines share through Redis.
 * Give the same `key`, `limit` and `leaseMs` to all of them.
 *
 * A call takes one of `limit` slots before it is sent. The slot is a lease: renewed while the call
 * runs, however long that takes, and free again `leaseMs` after its process died.
 *
 * - Within a process, calls are served in order. Between processes there is no queue: each process
 *   with waiting calls asks about every `pollMs`, so a freed slot goes to any of them.
 * - An abort leaves the queue at once; a slot that Redis grants too late is given back.
 * - Without Redis, `acquire` rejects within `commandTimeoutMs`, or applies a limit of this process
 *   alone (`onUnavailable`). One process never has more than `limit` calls in flight.
 * - A lease is lost if it could not be renewed in time or Redis forgot or evicted it. The call goes on,
 *   because it may be paid already; `lease.signal` aborts and `onEvent` is called.
 * - Leases end by the clocks of the machines: keep them in step to within half of `leaseMs`.
 *
 * @throws {PikzelsInputError} for an invalid option.
 * @example
 * ```ts
 * import { Redis } from "ioredis";
 * import { createPikzels } from "pikzels-client";
 * import { createRedisLimiter } from "pikzels-client/redis";
 *
 * const redis = new Redis("redis://localhost:6379");
 * const pikzels = createPikzels({ concurrency: createRedisLimiter({ redis, limit: 10 }) });
 * await pikzels.titles.fromText({ prompt: "A week alone in the Arctic" });
 * redis.disconnect(); // an open connection keeps the program alive
 * ```
 */
export function createRedisLimiter(options: RedisLimiterOptions): RedisLimiter {
  const settings = resolveOptions(options);
  const { limit, leaseMs, pollMs, onUnavailable } = settings;
  // A hook that fails must not cost a slot, nor end the process.
  const tell = (event: RedisLimiterEvent) => void ignoreErrors(() => settings.onEvent?.(event));
  const slots = createSlots(settings);
  const queue = new SharedLimit();
  const held = new Set<HeldLease>();
  let available = true;
  let pausedUntil = 0;

  // One caller of this process asks Redis and the others queue behind it: that keeps them in order,
  // and a thousand waiting calls ask no more often than one.
  async function acquire(signal = new AbortController().signal): Promise<Lease> {
    const turn = await queue.acquire(1, signal);
    try {
      return await nextLease(signal);
    } finally {
      void turn.release();
    }
  }

  async function nextLease(signal: AbortSignal): Promise<Lease> {
    for (;;) {
      const pauseMs = pausedUntil - performance.now();
      const lease = held.size < limit && pauseMs <= 0 ? await tryForLease(signal) : undefined;
      if (lease) return lease;
      // Random, so that processes that asked at the same moment do not keep colliding.
      await delay(Math.max(pauseMs, pollMs * (0.5 + Math.random())), signal);
    }
  }

  async function tryForLease(signal: AbortSignal): Promise<Lease | undefined> {
    const slot = slots.create();
    try {
      if (slots.overdue) throw new OverdueError("an earlier command is still unanswered");
      const paused = await slots.paused(signal);
      // Calls that began without Redis come first, or new ones would take their slots.
      if (!available) await Promise.all([...held].map((lease) => lease.enter()));
      const granted = !paused && held.size < limit && (await slot.take(signal));
      becomeAvailable();
      return granted ? hold(slot, true) : undefined;
    } catch (error) {
      signal.throwIfAborted();
      const refusal = becomeUnavailable(error);
      if (onUnavailable === "error") throw refusal;
      return held.size < onUnavailable.localLimit ? hold(slot, false) : undefined;
    }
  }

  function hold(slot: Slot, counted: boolean): Lease {
    const lease = holdLease({
      slot,
      leaseMs,
      counted,
      onLost: (message, heldMs) => {
        tell({ type: "lease-lost", message, heldMs });
      },
      onEnd: () => held.delete(lease),
    });
    held.add(lease);
    return lease;
  }

  function becomeAvailable(): void {
    if (!available) tell({ type: "available" });
    available = true;
  }

  function becomeUnavailable(reason: unknown): PikzelsConnectionError {
    const cause = withoutCommand(reason);
    const error = new PikzelsConnectionError(
      `Redis granted no slot of the shared limit "${settings.key}" (${cause.message}). Nothing was sent. Check the connection to Redis, or set onUnavailable: { localLimit } to go on without it.`,
      { cause },
    );
    if (available) tell({ type: "unavailable", error });
    available = false;
    return error;
  }

  function pauseAll(ms: number): void {
    if (!(ms > 0)) return;
    pausedUntil = Math.max(pausedUntil, performance.now() + ms);
    // If this does not get through, the other processes will get a 429 of their own.
    if (!slots.overdue) void slots.pause(ms).catch(() => undefined);
  }

  return { acquire, pause: pauseAll };
}
