import { PikzelsInputError, type PikzelsConnectionError } from "../index.js";
import { checkedCount, checkedMs } from "../wrappers/options/limits.js";
import type { RedisConnection } from "./slot.js";

/** What `createRedisLimiter` takes. */
export interface RedisLimiterOptions {
  /** The connection, an ioredis `Redis`. It stays yours: the limiter never closes it. */
  redis: RedisConnection;
  /**
   * Names the limit; Redis stores it under `semaphore:<key>`. One API key, one name. Never the API
   * key itself.
   * @default "pikzels-client"
   */
  key?: string;
  /**
   * How many calls all processes together may have in flight.
   * @default 10
   */
  limit?: number;
  /**
   * How long a slot stays taken after its process died, in milliseconds. Renewed three times as
   * often, so an event loop that is blocked for two thirds of it loses its leases.
   * @default 30_000
   */
  leaseMs?: number;
  /**
   * About how often the process asks for a slot while all are taken, in milliseconds.
   * @default 100
   */
  pollMs?: number;
  /**
   * How long Redis may take to answer, in milliseconds, before it counts as away. ioredis queues
   * commands while it reconnects; this bounds the wait.
   * @default 5_000
   */
  commandTimeoutMs?: number;
  /**
   * What `acquire` does while Redis is away: reject with a `PikzelsConnectionError`, or let this process
   * alone have up to `localLimit` calls in flight. With N processes that is up to N times as many in
   * all, so `limit / N` keeps the whole within the limit.
   * @default "error"
   */
  onUnavailable?: "error" | { localLimit: number };
  /** Told of what an operator wants to see. It must not throw. */
  onEvent?: (event: RedisLimiterEvent) => void;
}

/**
 * - `unavailable`: Redis went away; told once, not for every call.
 * - `available`: it is back.
 * - `lease-lost`: a running call is not counted any more; `heldMs` after it got its slot.
 */
export type RedisLimiterEvent =
  | { type: "unavailable"; error: PikzelsConnectionError }
  | { type: "available" }
  | { type: "lease-lost"; message: string; heldMs: number };

/** Fills in the defaults. @throws {PikzelsInputError} for a value that cannot be. */
export function readOptions(options: RedisLimiterOptions) {
  const {
    key = "pikzels-client",
    limit = 10,
    leaseMs = 30_000,
    pollMs = 100,
    commandTimeoutMs = 5_000,
    onUnavailable = "error",
    ...rest
  } = options;
  if (key === "") throw new PikzelsInputError("key must not be empty.");
  // The name is seen by everyone who can list the keys of that Redis.
  if (key.includes("pkz_"))
    throw new PikzelsInputError("key looks like an API key: give the shared limit a plain name.");
  checkedCount("limit", limit, 1);
  if (onUnavailable !== "error")
    checkedCount("onUnavailable.localLimit", onUnavailable.localLimit, 1);
  checkedTime("leaseMs", leaseMs);
  checkedTime("pollMs", pollMs);
  checkedTime("commandTimeoutMs", commandTimeoutMs);
  return { ...rest, key, limit, leaseMs, pollMs, commandTimeoutMs, onUnavailable };
}

/** Timers know no longer time; beyond it they fire at once. */
const longestTimer = 2 ** 31 - 1;

function checkedTime(name: string, ms: number): void {
  checkedMs(name, ms);
  if (ms > longestTimer) throw new PikzelsInputError(`${name} must be at most ${longestTimer} ms.`);
}
