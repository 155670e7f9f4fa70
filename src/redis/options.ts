import { PikzelsInputError, type PikzelsConnectionError } from "../index.js";
import {
  checkFunction,
  checkMs,
  checkOptions,
  checkPositiveCount,
  refuseOption,
  type Check,
} from "../wrappers/validate.js";
import type { RedisConnection } from "./slots.js";

/** Options of `createRedisLimiter`. */
export interface RedisLimiterOptions {
  /** The connection, an ioredis `Redis`. The limiter never closes it. */
  redis: RedisConnection;
  /**
   * The name of the limit; Redis stores it under `semaphore:<key>`. Use one name per API key, and never
   * the API key itself.
   * @default "pikzels-client"
   */
  key?: string;
  /**
   * How many calls all processes together may have in flight.
   * @default 10
   */
  limit?: number;
  /**
   * How long a slot stays taken after its process died, in milliseconds. Leases are renewed three
   * times as often: a process whose event loop is blocked for two thirds of this loses its leases.
   * @default 30_000
   */
  leaseMs?: number;
  /**
   * Roughly how often a process asks for a slot while all are taken, in milliseconds.
   * @default 100
   */
  pollMs?: number;
  /**
   * How long Redis may take to answer a command, in milliseconds, before it counts as away. ioredis
   * queues commands while it reconnects; this limits the wait.
   * @default 5_000
   */
  commandTimeoutMs?: number;
  /**
   * What `acquire` does while Redis is away: it rejects with a `PikzelsConnectionError`, or lets this
   * process have up to `localLimit` calls in flight. N processes may then have N times as many, so
   * `limit / N` keeps all of them within the limit while Redis is away. When it is back, each process
   * enters those calls before it starts new ones; but another may have taken their slots by then, so
   * that up to `limit + N × localLimit` are in flight until they end.
   * @default "error"
   */
  onUnavailable?: "error" | { localLimit: number };
  /** Called with events that an operator wants to know about. What it throws or rejects with is ignored. */
  onEvent?: (event: RedisLimiterEvent) => void;
}

/**
 * - `unavailable`: Redis went away; reported once, not for every call.
 * - `available`: Redis is back.
 * - `lease-lost`: a call was no longer counted while it ran; `heldMs` is how long it held its slot.
 */
export type RedisLimiterEvent =
  | { type: "unavailable"; error: PikzelsConnectionError }
  | { type: "available" }
  | { type: "lease-lost"; message: string; heldMs: number };

/** The longest delay that a timer supports; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const checkTimerMs: Check = (name, value) => {
  checkMs(name, value);
  if ((value as number) <= LONGEST_TIMER_MS) return;
  throw new PikzelsInputError(`${name} must be at most ${LONGEST_TIMER_MS} ms.`);
};

/** Checked by shape: a program may have two copies of ioredis. */
function checkConnection(name: string, value: unknown): void {
  const { eval: evaluate } = Object(value) as Partial<RedisConnection>;
  if (typeof evaluate !== "function") refuseOption(name, "a connection of ioredis", value);
}

const OPTIONS = {
  redis: checkConnection,
  key: (name, value) => {
    if (typeof value !== "string") return refuseOption(name, "a text", value);
    if (value === "") throw new PikzelsInputError("key must not be empty.");
    // Everyone who can list the keys of that Redis sees the name.
    if (value.includes("pkz_"))
      throw new PikzelsInputError("key looks like an API key: give the shared limit a plain name.");
  },
  limit: checkPositiveCount,
  leaseMs: checkTimerMs,
  pollMs: checkTimerMs,
  commandTimeoutMs: checkTimerMs,
  onUnavailable: (name, value) => {
    if (value === "error") return;
    const { localLimit } = Object(value) as { localLimit?: unknown };
    checkPositiveCount(`${name}.localLimit`, localLimit);
  },
  onEvent: checkFunction,
} satisfies Record<keyof RedisLimiterOptions, Check>;

/** Checks the options and fills in the defaults. @throws {PikzelsInputError} for an invalid value. */
export function resolveOptions(options: RedisLimiterOptions) {
  const given = checkOptions("createRedisLimiter", options, OPTIONS);
  checkConnection("redis", given.redis);
  return {
    key: "pikzels-client",
    limit: 10,
    leaseMs: 30_000,
    pollMs: 100,
    commandTimeoutMs: 5_000,
    onUnavailable: "error" as const,
    ...given,
  };
}
