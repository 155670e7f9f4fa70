import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { Semaphore } from "redis-semaphore";
import { withTimeout } from "../transport/abort.js";

/** Redis did not answer in time. */
export class OverdueError extends Error {
  override readonly name = "OverdueError";
}

/** What the limiter needs from a Redis connection; a `Redis` of ioredis 5 or 6 has it. */
export type RedisConnection = Pick<Redis, "eval" | "evalsha" | "get" | "set" | "zrem">;

/**
 * One of the slots that Redis counts, stored there under a random identifier. Every command has a
 * time limit, because ioredis alone would queue the command until Redis is back.
 */
export interface Slot {
  /** Asks for the slot; resolves to whether it was granted. */
  take(signal?: AbortSignal): Promise<boolean>;
  /** Extends the lease; resolves to whether the slot was still held. */
  renew(): Promise<boolean>;
  /** Resolves to whether the slot was still held. */
  giveBack(): Promise<boolean>;
}

/** The slots under one key in Redis. */
export interface Slots {
  /**
   * Whether a command on the connection is overdue. Redis answers in order: until that command has
   * been answered or has failed, no other can be, and asking again would only lengthen the queue.
   */
  readonly overdue: boolean;
  create(): Slot;
  /**
   * Asks all processes to take no slot for `ms` milliseconds, unless a longer pause is on already;
   * `Infinity` lasts until the key of the pause is deleted.
   */
  pause(ms: number): Promise<void>;
  /** Whether any process has asked for a pause that is still running. */
  paused(signal?: AbortSignal): Promise<boolean>;
}

export interface SlotsOptions {
  redis: RedisConnection;
  key: string;
  limit: number;
  leaseMs: number;
  commandTimeoutMs: number;
}

/**
 * Sets the pause in KEYS[1] to ARGV[1] milliseconds (-1: without end), unless it is already longer.
 */
const PAUSE = `
local left = redis.call("pttl", KEYS[1])
local ms = tonumber(ARGV[1])
if left == -1 then return 0 end
if ms == -1 then redis.call("set", KEYS[1], "1") return 1 end
if left < ms then redis.call("set", KEYS[1], "1", "px", ms) end
return 1
`;

/** Redis refuses an expiry that exceeds its range when added to the current time. */
const LONGEST_PAUSE_MS = Number.MAX_SAFE_INTEGER;

export function createSlots(options: SlotsOptions): Slots {
  const { redis, key, limit, leaseMs, commandTimeoutMs } = options;
  const slotsKey = `semaphore:${key}`;
  const pauseKey = `${slotsKey}:paused`;
  let overdueCommands = 0;

  async function command<Result>(sent: Promise<Result>, signal?: AbortSignal): Promise<Result> {
    const onTimeout = () => new OverdueError(`no answer within ${commandTimeoutMs} ms`);
    try {
      return await withTimeout({ signal, ms: commandTimeoutMs, onTimeout }, () => sent);
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
      const wholeMs = ms < LONGEST_PAUSE_MS ? Math.ceil(ms) : -1;
      await command(redis.eval(PAUSE, 1, pauseKey, wholeMs));
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
        // redis-semaphore's own renewal turns a failed command into an unhandled rejection, which
        // ends the process. Leases are renewed in lease.ts instead.
        refreshInterval: 0,
      };
      const semaphore = () => new Semaphore(redis, key, limit, attempt);
      const ownSemaphore = () =>
        new Semaphore(redis, key, limit, { ...attempt, acquiredExternally: true });
      // redis-semaphore's own release does not tell whether there was anything to release.
      const giveBack = async () => (await command(redis.zrem(slotsKey, identifier))) === 1;

      return {
        async take(signal) {
          const asked = semaphore().tryAcquire();
          try {
            return await command(asked, signal);
          } catch (error) {
            // Redis may have granted the slot, with only its answer lost or late.
            void asked
              .catch(() => true)
              .then((granted) => granted && giveBack())
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

/**
 * The part of a Redis error that is safe to show. The error itself may hold the password: ioredis
 * attaches the failed command, which can be the login, and servers quote commands they do not know.
 */
export function withoutCommand(error: unknown): Error {
  if (!(error instanceof Error)) return new Error("no reason given");
  const { name, message } = error;
  const [reason = ""] = message.split(/, with args beginning with:/i);
  return Object.assign(new Error(reason), { name }, "code" in error && { code: error.code });
}
