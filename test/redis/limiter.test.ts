import { getEventListeners } from "node:events";
import { Redis } from "ioredis";
import type { Lease } from "pikzels-client";
import { PikzelsConnectionError, PikzelsInputError } from "pikzels-client";
import {
  createRedisLimiter,
  type RedisLimiterEvent,
  type RedisLimiterOptions,
} from "pikzels-client/redis";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { startRedisServer, type RedisServer } from "../../scripts/lib/redis-server.js";
import { describeWithRedis } from "../support/redis-server.js";

const key = "the-limit";
/** How long an observable condition may take to become true before the test fails. */
const within = { timeout: 10_000, interval: 5 };

let server: RedisServer;
let observer: Redis;
let connections: Redis[];

beforeEach(async () => {
  server = await startRedisServer();
  connections = [];
  observer = connect();
});

afterEach(async () => {
  for (const connection of connections) connection.disconnect();
  await server.stop();
});

function connect(address = server.address, options: { enableOfflineQueue?: boolean } = {}): Redis {
  const connection = new Redis(address, { retryStrategy: () => 20, ...options });
  // Several tests are about connections that fail.
  connection.on("error", () => undefined);
  connections.push(connection);
  return connection;
}

function limiterOf(options: Partial<RedisLimiterOptions> = {}) {
  return createRedisLimiter({
    redis: connect(),
    key,
    pollMs: 5,
    commandTimeoutMs: 2_000,
    ...options,
  });
}

const slotsTaken = () => observer.zcard(`semaphore:${key}`);

/** Takes long enough for other callers to get in, if the limiter lets them. */
async function work(): Promise<void> {
  for (let step = 0; step < 10; step++) await observer.ping();
}

async function settled(promise: Promise<unknown>) {
  const [result] = await Promise.allSettled([promise]);
  return result;
}

describeWithRedis("a limit shared through Redis", () => {
  it("lets no more than the limit through, however many processes ask", async () => {
    const processes = [1, 2, 3].map(() => limiterOf({ limit: 4 }));
    let inFlight = 0;
    let most = 0;
    let done = 0;

    await Promise.all(
      processes.flatMap((limiter) =>
        Array.from({ length: 40 }, async () => {
          const lease = await limiter.acquire();
          most = Math.max(most, ++inFlight);
          await work();
          inFlight--;
          await lease.release();
          done++;
        }),
      ),
    );

    expect({ most, done, left: await slotsTaken() }).toEqual({ most: 4, done: 120, left: 0 });
  });

  it("serves the calls of one process in the order they came", async () => {
    const limiter = limiterOf({ limit: 1 });
    const served: number[] = [];

    await Promise.all(
      Array.from({ length: 20 }, async (_, turn) => {
        const lease = await limiter.acquire();
        served.push(turn);
        await lease.release();
      }),
    );

    expect(served).toEqual(Array.from({ length: 20 }, (_, turn) => turn));
  });

  it("renews a lease for as long as the call runs", async () => {
    const leaseMs = 600;
    const lease = await limiterOf({ leaseMs }).acquire();
    const lastRenewal = async () =>
      Number((await observer.zrange(`semaphore:${key}`, "0", "-1", "WITHSCORES"))[1]);
    const taken = await lastRenewal();

    await vi.waitFor(async () => {
      expect(await lastRenewal()).toBeGreaterThan(taken + 2 * leaseMs);
    }, within);

    expect(lease.signal?.aborted).toBe(false);
    await lease.release();
    expect(await slotsTaken()).toBe(0);
  });

  it("frees the slot of a dead holder when its lease ends", async () => {
    const dying = connect();
    await limiterOf({ redis: dying, limit: 1, leaseMs: 200 }).acquire();
    const survivor = limiterOf({ limit: 1, leaseMs: 200 });

    dying.disconnect();

    await expect(survivor.acquire()).resolves.toBeDefined();
  });

  it("returns a slot once, however often it is released", async () => {
    const limiter = limiterOf({ limit: 1 });
    const first = await limiter.acquire();
    await first.release();
    const second = await limiter.acquire();

    await first.release();

    expect(await slotsTaken()).toBe(1);
    await second.release();
  });

  it("stores only the name of the limit and random identifiers", async () => {
    const lease = await limiterOf().acquire();

    expect(await observer.keys("*")).toEqual([`semaphore:${key}`]);
    expect(await observer.zrange(`semaphore:${key}`, "0", "-1")).toEqual([
      expect.stringMatching(/^[0-9a-f-]{36}$/),
    ]);
    await lease.release();
  });
});

describeWithRedis("aborting while queued for a slot", () => {
  it.each([
    ["at the head of the queue", 0],
    ["behind others", 3],
  ])("%s rejects with the reason and leaves nothing behind", async (_position, before) => {
    const limiter = limiterOf({ limit: 1 });
    const held = await limiter.acquire();
    const others = Array.from({ length: before }, () => limiter.acquire());
    const controller = new AbortController();
    const reason = new Error("enough");
    const queued = limiter.acquire(controller.signal);

    controller.abort(reason);

    await expect(queued).rejects.toBe(reason);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
    await held.release();
    for (const other of others) await (await other).release();
    expect(await slotsTaken()).toBe(0);
  });

  it("refuses a signal that has already aborted, without asking Redis", async () => {
    const reason = new Error("too late");

    await expect(limiterOf().acquire(AbortSignal.abort(reason))).rejects.toBe(reason);

    expect(await slotsTaken()).toBe(0);
  });

  it("returns a slot that Redis grants after the abort", async () => {
    const redis = connect();
    const limiter = limiterOf({ redis });
    await (await limiter.acquire()).release();
    const taken = vi.spyOn(redis, "evalsha");
    vi.spyOn(redis, "get").mockResolvedValue(null);
    server.process.kill("SIGSTOP");
    const controller = new AbortController();
    const queued = limiter.acquire(controller.signal);
    await vi.waitFor(() => {
      expect(taken).toHaveBeenCalled();
    }, within);

    const reason = new Error("enough");
    controller.abort(reason);
    await expect(queued).rejects.toBe(reason);
    server.process.kill("SIGCONT");

    await expect(taken.mock.results[0]?.value).resolves.toBe(1);
    await vi.waitFor(async () => {
      expect(await slotsTaken()).toBe(0);
    }, within);
  });
});

describeWithRedis("pausing after a 429", () => {
  it("lets no process start a call until the pause is over", async () => {
    const [one, other] = [limiterOf(), limiterOf()];
    one.pause(60_000);
    const controller = new AbortController();
    const inOne = one.acquire(controller.signal);
    // Only what Redis has recorded can hold back the other process.
    await vi.waitFor(async () => {
      expect(await observer.pttl(`semaphore:${key}:paused`)).toBeGreaterThan(50_000);
    }, within);
    const inOther = [other.acquire(controller.signal), other.acquire(controller.signal)];
    await work();
    controller.abort(new Error("still paused"));

    for (const waiting of [inOne, ...inOther])
      await expect(waiting).rejects.toThrow("still paused");
    expect(await slotsTaken()).toBe(0);
  });

  it("applies to this process if Redis does not accept it", async () => {
    const redis = connect();
    vi.spyOn(redis, "eval").mockRejectedValue(new Error("read-only"));
    const asked = vi.spyOn(redis, "get");
    const limiter = limiterOf({ redis });
    const controller = new AbortController();

    limiter.pause(60_000);
    const waiting = limiter.acquire(controller.signal);
    await observer.ping();
    controller.abort(new Error("still paused"));

    await expect(waiting).rejects.toThrow("still paused");
    expect(asked).not.toHaveBeenCalled();
  });

  it("ends with the longest of several pauses, whoever requested it and in whatever order", async () => {
    const [one, other] = [limiterOf(), limiterOf()];
    const left = () => observer.pttl(`semaphore:${key}:paused`);
    one.pause(60_000);
    await vi.waitFor(async () => {
      expect(await left()).toBeGreaterThan(50_000);
    }, within);
    other.pause(1_000);
    other.pause(90_000);
    await vi.waitFor(async () => {
      expect(await left()).toBeGreaterThan(80_000);
    }, within);
    one.pause(2_000);
    await work();
    expect(await left()).toBeGreaterThan(80_000);
  });

  it.each([Infinity, Number.MAX_VALUE])("may last for %d milliseconds", async (ms) => {
    const [one, other] = [limiterOf(), limiterOf()];
    one.pause(ms);
    await vi.waitFor(async () => {
      expect(await observer.pttl(`semaphore:${key}:paused`)).toBe(-1);
    }, within);
    other.pause(1_000);
    const controller = new AbortController();
    const waiting = [one, other].map((limiter) => limiter.acquire(controller.signal));
    await work();
    controller.abort(new Error("still paused"));
    for (const one of waiting) await expect(one).rejects.toThrow("still paused");
    expect(await observer.pttl(`semaphore:${key}:paused`)).toBe(-1);
  });

  it.each([0, -1, Number.NaN])("does nothing for %d milliseconds", async (ms) => {
    const limiter = limiterOf();
    limiter.pause(ms);
    await (await limiter.acquire()).release();
  });

  it("ends when the pause is over", async () => {
    const [one, other] = [limiterOf(), limiterOf()];

    one.pause(100);

    for (const limiter of [one, other]) await (await limiter.acquire()).release();
  });
});

describeWithRedis("the limit while Redis is away", () => {
  it("rejects all waiting calls in bounded time, and says that nothing was sent", async () => {
    const events: RedisLimiterEvent[] = [];
    const redis = connect();
    const limiter = limiterOf({
      redis,
      commandTimeoutMs: 100,
      onEvent: (event) => events.push(event),
    });
    await (await limiter.acquire()).release();
    const asked = vi.spyOn(redis, "get");
    server.process.kill("SIGSTOP");

    const results = await Promise.all(
      Array.from({ length: 200 }, () => settled(limiter.acquire())),
    );

    for (const result of results) {
      expect(result).toMatchObject({
        status: "rejected",
        reason: { name: "PikzelsConnectionError", outcome: "not-sent", attempts: 0 },
      });
    }
    // One command found out; the other 199 callers did not wait for a reply of their own.
    expect(asked).toHaveBeenCalledTimes(1);
    server.process.kill("SIGCONT");
    await vi.waitFor(async () => {
      await (await limiter.acquire()).release();
    }, within);
    expect(events.map((event) => event.type)).toEqual(["unavailable", "available"]);
  });

  it("rejects at once if the connection does not queue commands", async () => {
    const redis = connect(`${server.address}.none`, { enableOfflineQueue: false });

    const error = await limiterOf({ redis })
      .acquire()
      .catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(PikzelsConnectionError);
    expect(error).toMatchObject({
      outcome: "not-sent",
      message: expect.stringContaining(`the shared limit "${key}"`) as string,
    });
  });

  it("falls back to localLimit, and registers the slots in Redis later", async () => {
    const limiter = limiterOf({
      limit: 10,
      leaseMs: 150,
      commandTimeoutMs: 50,
      onUnavailable: { localLimit: 2 },
    });
    await (await limiter.acquire()).release();
    server.process.kill("SIGSTOP");
    const controller = new AbortController();

    const leases = [await limiter.acquire(), await limiter.acquire()];
    const third = limiter.acquire(controller.signal);
    third.catch(() => undefined);
    controller.abort(new Error("no third slot"));
    await expect(third).rejects.toThrow("no third slot");

    server.process.kill("SIGCONT");
    await vi.waitFor(async () => {
      expect(await slotsTaken()).toBe(2);
    }, within);
    for (const lease of leases) await lease.release();
    // A command that is late by the 50 ms above is not awaited.
    await vi.waitFor(async () => {
      expect(await slotsTaken()).toBe(0);
    }, within);
  });

  it("registers the calls that started without Redis before it starts new ones", async () => {
    const limiter = limiterOf({
      limit: 3,
      leaseMs: 60_000,
      commandTimeoutMs: 50,
      onUnavailable: { localLimit: 2 },
    });
    await (await limiter.acquire()).release();
    server.process.kill("SIGSTOP");
    const local = [await limiter.acquire(), await limiter.acquire()];
    server.process.kill("SIGCONT");
    // Until Redis has answered the overdue command, the local limit refuses the third.
    const third = await limiter.acquire();

    // Renewals are 20 seconds apart, so only the return of Redis can have registered them.
    expect(await slotsTaken()).toBe(3);
    for (const lease of [...local, third]) await lease.release();
  });

  it("keeps to the local limit under load", async () => {
    const redis = connect(`${server.address}.none`, { enableOfflineQueue: false });
    const limiter = limiterOf({ redis, pollMs: 1, onUnavailable: { localLimit: 3 } });
    let inFlight = 0;
    let most = 0;

    await Promise.all(
      Array.from({ length: 60 }, async () => {
        const lease = await limiter.acquire();
        most = Math.max(most, ++inFlight);
        await work();
        inFlight--;
        await lease.release();
      }),
    );

    expect(most).toBe(3);
  });
});

describeWithRedis("a lost lease", () => {
  it("is reported, while the call continues and is counted again", async () => {
    const onEvent = vi.fn<(event: RedisLimiterEvent) => void>();
    const lease = await limiterOf({ leaseMs: 150, onEvent }).acquire();

    await observer.flushall();

    await vi.waitFor(() => {
      expect(onEvent).toHaveBeenCalledExactlyOnceWith({
        type: "lease-lost",
        message: expect.stringContaining("Redis no longer holds it") as string,
        heldMs: expect.any(Number) as number,
      });
    }, within);
    expect(lease.signal?.aborted).toBe(true);
    await vi.waitFor(async () => {
      expect(await slotsTaken()).toBe(1);
    }, within);
    await lease.release();
    expect(await slotsTaken()).toBe(0);
  });

  it("is reported when the call ends if Redis has evicted the slots by then", async () => {
    const onEvent = vi.fn<(event: RedisLimiterEvent) => void>();
    const lease = await limiterOf({ leaseMs: 60_000, onEvent }).acquire();
    // This is what an allkeys policy does when memory runs out.
    await observer.del(`semaphore:${key}`);

    await lease.release();

    expect(onEvent).toHaveBeenCalledExactlyOnceWith({
      type: "lease-lost",
      message: expect.stringContaining("maxmemory-policy to noeviction") as string,
      heldMs: expect.any(Number) as number,
    });
  });

  it("is reported when no renewal gets through for as long as the lease lasts", async () => {
    const onEvent = vi.fn<(event: RedisLimiterEvent) => void>();
    const limiter = limiterOf({ leaseMs: 1200, commandTimeoutMs: 400, onEvent });
    const lease = await limiter.acquire();

    server.process.kill("SIGSTOP");

    await vi.waitFor(() => {
      expect(onEvent).toHaveBeenCalledExactlyOnceWith({
        type: "lease-lost",
        message: expect.stringContaining("could not be renewed in time") as string,
        heldMs: expect.any(Number) as number,
      });
    }, within);
    await lease.release();
  });

  it("is not reported after a single failed renewal", async () => {
    const onEvent = vi.fn<(event: RedisLimiterEvent) => void>();
    const redis = connect();
    const lease = await limiterOf({ redis, leaseMs: 600, onEvent }).acquire();
    const renewals = vi.spyOn(redis, "evalsha").mockRejectedValueOnce(new Error("a hiccup"));

    await vi.waitFor(() => {
      expect(renewals).toHaveBeenCalledTimes(3);
    }, within);

    expect(onEvent).not.toHaveBeenCalled();
    expect(lease.signal?.aborted).toBe(false);
    await lease.release();
  });

  it("does not let the process exceed the limit itself", async () => {
    const limiter = limiterOf({ limit: 2, leaseMs: 60_000 });
    const releasedTwice = await limiter.acquire();
    await releasedTwice.release();
    await releasedTwice.release();
    let inFlight = 0;
    let most = 0;

    await Promise.all(
      Array.from({ length: 20 }, async () => {
        const lease: Lease = await limiter.acquire();
        most = Math.max(most, ++inFlight);
        await observer.flushall();
        await work();
        inFlight--;
        await lease.release();
      }),
    );

    expect(most).toBe(2);
  });
});

describeWithRedis("releasing a lease", () => {
  /** Makes the command with this number, counted from now, wait until `open` is called. */
  function holdUp(redis: Redis, number: number) {
    let open: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const send = redis.evalsha.bind(redis);
    const commands = vi.spyOn(redis, "evalsha");
    for (let before = 1; before < number; before++) commands.mockImplementationOnce(send);
    commands.mockImplementationOnce(async (...args) => {
      await opened;
      return send(...args);
    });
    return { commands, open };
  }

  it.each([
    ["while it is renewed takes no new slot", 1],
    ["while a lost slot is being replaced returns the new one", 2],
  ])("%s", async (_what, held) => {
    const redis = connect();
    const lease = await limiterOf({ redis, leaseMs: 150 }).acquire();
    await observer.flushall();
    const { commands, open } = holdUp(redis, held);
    await vi.waitFor(() => {
      expect(commands).toHaveBeenCalledTimes(held);
    }, within);

    const released = lease.release();
    open();
    await released;

    expect(commands).toHaveBeenCalledTimes(held);
    expect(await slotsTaken()).toBe(0);
  });

  it("leaves no timer behind", async () => {
    const set = vi.spyOn(globalThis, "setInterval");
    const cleared = vi.spyOn(globalThis, "clearInterval");
    const lease = await limiterOf({ leaseMs: 12_345 }).acquire();
    const renewal = set.mock.calls.findIndex(([, ms]) => ms === 12_345 / 3);

    await lease.release();

    expect(cleared).toHaveBeenCalledWith(set.mock.results[renewal]?.value);
  });
});

describeWithRedis("options of the shared limit", () => {
  it.each<[string, Partial<RedisLimiterOptions>]>([
    ["an empty key", { key: "" }],
    ["a key that is an API key", { key: "pkz_live_1234" }],
    ["a key that is not a text", { key: 7 as never }],
    ["zero slots", { limit: 0 }],
    ["half a slot", { limit: 1.5 }],
    ["a value that is not a number", { limit: Number.NaN }],
    ["a lease of zero length", { leaseMs: 0 }],
    ["a lease longer than a timer", { leaseMs: 2 ** 31 }],
    ["endless polling", { pollMs: Infinity }],
    ["no time for Redis", { commandTimeoutMs: -1 }],
    ["no local slot", { onUnavailable: { localLimit: 0 } }],
    ["an unknown word for what to do without Redis", { onUnavailable: "wait" as never }],
  ])("refuses %s", (_what, options) => {
    expect(() => limiterOf(options)).toThrow(PikzelsInputError);
  });
});
