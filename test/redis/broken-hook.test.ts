import {
  createRedisLimiter,
  type RedisLimiterEvent,
  type RedisLimiterOptions,
} from "pikzels-client/redis";
import { afterEach, describe, expect, test, vi } from "vitest";
import { stubConnection } from "./stub-connection.js";

afterEach(() => {
  vi.useRealTimers();
});

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
    const { redis, state } = stubConnection();
    const { limiter, events } = limiterWith(redis);
    state.away = new Error("away");
    await (await limiter.acquire()).release();
    state.away = undefined;
    await (await limiter.acquire()).release();
    expect(events).toEqual(["unavailable", "available"]);
    expect(state.released).toBe(1);
  });

  test("does not end the process when a lease is lost", async () => {
    vi.useFakeTimers();
    const { redis, state } = stubConnection();
    const { limiter, events } = limiterWith(redis);
    const lease = await limiter.acquire();
    state.away = new Error("away");
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
  ["the promise of a connection", Promise.resolve(stubConnection().redis)],
])("the Redis limiter refuses %s at once", (_what, redis) => {
  expect(() => createRedisLimiter({ redis: redis as never })).toThrow(
    "redis must be a connection of ioredis",
  );
});
