import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { Semaphore } from "redis-semaphore";
import { within } from "../transport/within.js";

/** Redis gave no answer in time. */
export class OverdueError extends Error {
  override readonly name = "OverdueError";
}

/** What the limiter needs of a Redis connection; a `Redis` of ioredis 5 or 6 has it. */
export type RedisConnection = Pick<Redis, "eval" | "evalsha" | "get" | "set" | "zrem">;

/**
 * One place among those that Redis counts, known there by a random identifier. Every command is
 * bounded by time, since ioredis by itself would queue it until Redis is back.
 */
export interface Slot {
  /** Asks for the place: whether it was given. */
  take(signal?: AbortSignal): Promise<boolean>;
  /** Moves the end of the lease: whether the place was still ours. */
  renew(): Promise<boolean>;
  giveBack(): Promise<void>;
}

export interface Slots {
  /**
   * Whether a command is overdue on the connection. Redis answers in order, so until that one has
   * been answered or has failed no other can be, and asking again would only lengthen the queue.
   */
  readonly overdue: boolean;
  create(): Slot;
  /** Asks all processes to take no slot for so many milliseconds. */
  pause(ms: number): Promise<void>;
  /** Whether one of them asked for that. */
  paused(signal?: AbortSignal): Promise<boolean>;
}

export interface SlotOptions {
  redis: RedisConnection;
  key: string;
  limit: number;
  leaseMs: number;
  commandTimeoutMs: number;
}

/** The places behind one key in Redis. */
export function createSlots(options: SlotOptions): Slots {
  const { redis, key, limit, leaseMs, commandTimeoutMs } = options;
  const pauseKey = `semaphore:${key}:paused`;
  let overdueCommands = 0;

  async function command<Result>(sent: Promise<Result>, signal?: AbortSignal): Promise<Result> {
    const late = () => new OverdueError(`no answer within ${commandTimeoutMs} ms`);
    try {
      return await within({ signal, ms: commandTimeoutMs, late }, () => sent);
    } catch (error) {
      if (error instanceof OverdueError) {
        overdueCommands++;
        void sent.catch(() => undefined).then(() => overdueCommands--);
      }
      throw error;
    }
  }

  return {
    get overdue() {
      return overdueCommands > 0;
    },
    async pause(ms) {
      await command(redis.set(pauseKey, "1", "PX", Math.ceil(ms)));
    },
    async paused(signal) {
      return (await command(redis.get(pauseKey), signal)) !== null;
    },
    create() {
      const identifier = randomUUID();
      const attempt = {
        identifier,
        lockTimeout: leaseMs,
        acquireAttemptsLimit: 1,
        retryInterval: 0,
        // redis-semaphore's own renewal lets a failed command become an unhandled rejection, which
        // ends the process; the lease renews itself instead.
        refreshInterval: 0,
      };
      const semaphore = () => new Semaphore(redis, key, limit, attempt);
      const ownSemaphore = () =>
        new Semaphore(redis, key, limit, { ...attempt, acquiredExternally: true });
      const giveBack = () => command(ownSemaphore().release());

      return {
        async take(signal) {
          const asked = semaphore().tryAcquire();
          try {
            return await command(asked, signal);
          } catch (error) {
            // Redis may have given the place and only the answer is missing or came too late.
            void asked
              .catch(() => true)
              .then((given) => (given ? giveBack() : undefined))
              .catch(() => undefined);
            throw error;
          }
        },
        renew: () => command(ownSemaphore().tryAcquire()),
        giveBack,
      };
    },
  };
}
