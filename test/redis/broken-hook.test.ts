import {
  createRedisLimiter,
  type RedisLimiterEvent,
  type RedisLimiterOptions,
} from "pikzels-client/redis";
import { afterEach, describe, expect, test, vi } from "vitest";

afterEach(() => {
  vi.useRealTimers();
});

/** A connection that grants every slot, unless Redis is away. */
function connection() {
  const state = { isAway: false, released: 0 };
  const reply = (value: unknown) => () =>
    state.isAway ? Promise.reject(new Error("away")) : Promise.resolve(value);
  const redis = {
    get: reply(null),
    set: reply("OK"),
    eval: reply(1),
    evalsha: reply(1),
    zrem: () => {
      state.released++;
      return reply(1)();
    },
  };
  return { redis: redis as unknown as RedisLimiterOptions["redis"], state };
}

describe.each<[string, () => unknown]>([
  [
    "throws",
    () => {
      throw new Error("a broken log");
    },
  ],
  ["rejects", () => Promise.reject(new Error("a broken log"))],
])("an onEvent of the Redis limiter that %s", (_how, fail) => {
  const limiterWith = (redis: RedisLimiterOptions["redis"]) => {
    const events: string[] = [];
    const onEvent = ({ type }: RedisLimiterEvent) => {
      events.push(type);
      return fail() as never;
    };
    const options = { leaseMs: 300, pollMs: 1, onUnavailable: { localLimit: 1 } };
    return { limiter: createRedisLimiter({ redis, onEvent, ...options }), events };
  };

  test("costs no slot when Redis goes away and comes back", async () => {
    const { redis, state } = connection();
    const { limiter, events } = limiterWith(redis);
    state.isAway = true;
    await (await limiter.acquire()).release();
    state.isAway = false;
    await (await limiter.acquire()).release();
    expect(events).toEqual(["unavailable", "available"]);
    expect(state.released).toBe(1);
  });

  test("does not end the process when a lease is lost", async () => {
    vi.useFakeTimers();
    const { redis, state } = connection();
    const { limiter, events } = limiterWith(redis);
    const lease = await limiter.acquire();
    state.isAway = true;
    await vi.advanceTimersByTimeAsync(1000);
    expect(events).toEqual(["lease-lost"]);
    expect(lease.signal?.aborted).toBe(true);
    await lease.release();
  });
});

test.each<[string, unknown]>([
  ["no connection", undefined],
  ["null", null],
  ["an address", "redis://localhost"],
  ["the promise of a connection", Promise.resolve(connection().redis)],
])("the Redis limiter refuses %s at once", (_what, redis) => {
  expect(() => createRedisLimiter({ redis: redis as never })).toThrow(
    "redis must be a connection of ioredis",
  );
});
