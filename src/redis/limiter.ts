import { PikzelsConnectionError, type Lease, type Limiter } from "../index.js";
import { holdLease } from "./lease.js";
import { readOptions, type RedisLimiterOptions } from "./options.js";
import { createSlots, OverdueError, type Slot } from "./slot.js";
import { withoutCommand } from "./without-command.js";
import { SharedLimit } from "../transport/shared-limit.js";
import { pause } from "../transport/within.js";

/** A limiter for the `concurrency` option of `createPikzels`, and for work of your own. */
export interface RedisLimiter extends Limiter {
  /**
   * Resolves when there is a slot; release the lease when the work is done.
   *
   * @throws {PikzelsConnectionError} with outcome `"not-sent"` while Redis is away, unless
   * `onUnavailable` allows to go on; the signal's reason when it aborts.
   */
  acquire: (signal?: AbortSignal) => Promise<Lease>;
  /** Lets no further call start in any process for so many milliseconds; the client does so on 429. */
  pause: (ms: number) => void;
}

/**
 * Makes a limit on calls in flight that any number of processes and machines share through Redis.
 * Give the same `key`, `limit` and `leaseMs` to all of them.
 *
 * A call takes one of `limit` slots before it is sent. The slot is a lease: renewed while the call
 * runs, however long that takes, and free again `leaseMs` after its process died.
 *
 * - Within a process calls are served in order. Between processes there is no queue: each one with
 *   work waiting asks about every `pollMs`, so a freed slot goes to any of them with equal chance.
 * - An abort leaves the queue at once; a slot that Redis gives too late is given back.
 * - Without Redis `acquire` rejects within `commandTimeoutMs`, or goes on with a limit of this
 *   process alone (`onUnavailable`). One process never has more than `limit` calls in flight.
 * - A lease is lost where it could not be renewed in time or Redis forgot it. The call goes on, for
 *   it may be paid already; `lease.signal` and `onEvent` tell.
 * - Leases are timed by the clocks of the machines: keep them in step to within half of `leaseMs`.
 *
 * @throws {PikzelsInputError} for an option that cannot be.
 * @example
 * ```ts
 * import { Redis } from "ioredis";
 * import { createPikzels } from "pikzels-client";
 * import { createRedisLimiter } from "pikzels-client/redis";
 *
 * const redis = new Redis("redis://localhost:6379");
 * const pikzels = createPikzels({ concurrency: createRedisLimiter({ redis, limit: 10 }) });
 * ```
 */
export function createRedisLimiter(options: RedisLimiterOptions): RedisLimiter {
  const settings = readOptions(options);
  const { limit, leaseMs, pollMs, onUnavailable, onEvent } = settings;
  const slots = createSlots(settings);
  const queue = new SharedLimit();
  let held = 0;
  let available = true;
  let pausedUntil = 0;

  // One caller of this process asks Redis, the others wait behind it: that keeps them in order, and
  // a thousand waiting calls ask no more often than one.
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
      const mayStart = held < limit && performance.now() >= pausedUntil;
      const lease = mayStart ? await tryForLease(signal) : undefined;
      if (lease) return lease;
      // Random, so that processes that once asked together do not go on asking together.
      await pause(pollMs * (0.5 + Math.random()), signal);
    }
  }

  async function tryForLease(signal: AbortSignal): Promise<Lease | undefined> {
    const slot = slots.create();
    try {
      if (slots.overdue) throw new OverdueError("an earlier command is still unanswered");
      const given = !(await slots.paused(signal)) && (await slot.take(signal));
      becomeAvailable();
      return given ? hold(slot, true) : undefined;
    } catch (error) {
      signal.throwIfAborted();
      const refusal = becomeUnavailable(error);
      if (onUnavailable === "error") throw refusal;
      return held < onUnavailable.localLimit ? hold(slot, false) : undefined;
    }
  }

  function hold(slot: Slot, counted: boolean): Lease {
    held++;
    return holdLease({
      slot,
      leaseMs,
      counted,
      onLost: (message, heldMs) => onEvent?.({ type: "lease-lost", message, heldMs }),
      onEnd: () => held--,
    });
  }

  function becomeAvailable(): void {
    if (!available) onEvent?.({ type: "available" });
    available = true;
  }

  function becomeUnavailable(reason: unknown): PikzelsConnectionError {
    const cause = withoutCommand(reason);
    const error = new PikzelsConnectionError(
      `Redis gave no slot of the shared limit "${settings.key}" (${cause.message}). Nothing was sent. Check the connection to Redis; to go on without it, set onUnavailable: { localLimit }.`,
      { cause },
    );
    if (available) onEvent?.({ type: "unavailable", error });
    available = false;
    return error;
  }

  function pauseAll(ms: number): void {
    pausedUntil = Math.max(pausedUntil, performance.now() + ms);
    // The other processes find the limit out for themselves where this does not get through.
    if (!slots.overdue) void slots.pause(ms).catch(() => undefined);
  }

  return { acquire, pause: pauseAll };
}
