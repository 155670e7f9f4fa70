import fc from "fast-check";
import { PikzelsInputError, type Lease, type Limiter } from "pikzels-client";
import { describe, expect, test, vi } from "vitest";
import { sharedLimiter } from "../../src/transport/limiter.js";
import { controlClock } from "../support/controlled-clock.js";
import {
  CANARY,
  ID,
  json,
  networkError,
  refusal,
  stubClient,
  TEXT_BODY,
  THUMBNAIL,
} from "../support/stub-fetch.js";

controlClock();

const { signal } = new AbortController();
let names = 0;
const limiterOf = (limit: number) => sharedLimiter(`limit ${++names}`, limit);

/** Requests slots one after the other, and records which have been granted. */
function takers(limiter: Limiter, count: number) {
  const leases: (Lease | undefined)[] = Array.from({ length: count }, () => undefined);
  for (let taker = 0; taker < count; taker++) {
    void limiter.acquire(signal).then((lease) => (leases[taker] = lease));
  }
  return {
    given: async () => {
      await vi.advanceTimersByTimeAsync(0);
      return leases.flatMap((lease, taker) => (lease ? [taker] : []));
    },
    release: (taker: number) => leases[taker]?.release(),
  };
}

describe("the limit within one process", () => {
  test("grants slots in the order in which they were requested", async () => {
    const { given, release } = takers(limiterOf(2), 4);
    expect(await given()).toEqual([0, 1]);
    void release(1);
    expect(await given()).toEqual([0, 1, 2]);
    void release(0);
    expect(await given()).toEqual([0, 1, 2, 3]);
  });

  test("keeps that order even if each request has a limit of its own", async () => {
    const name = `limit ${++names}`;
    const wide = takers(sharedLimiter(name, 3), 2);
    const narrow = takers(sharedLimiter(name, 1), 1);
    const late = takers(sharedLimiter(name, 3), 1);
    expect(await wide.given()).toEqual([0, 1]);
    expect(await narrow.given()).toEqual([]);
    expect(await late.given()).toEqual([]);
    void wide.release(0);
    void wide.release(1);
    expect(await narrow.given()).toEqual([0]);
    expect(await late.given()).toEqual([0]);
  });

  test("pauses after a 429, then starts with half and grows with every release", async () => {
    const limiter = limiterOf(8);
    const first = takers(limiter, 8);
    expect(await first.given()).toHaveLength(8);
    limiter.pause?.(1000);
    for (let taker = 0; taker < 8; taker++) void first.release(taker);
    // The limit was 4 after the 429, and 8 have ended since.
    const second = takers(limiter, 20);
    expect(await second.given()).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(999);
    expect(await second.given()).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(await second.given()).toHaveLength(8);

    limiter.pause?.(1000);
    void second.release(0);
    await vi.advanceTimersByTimeAsync(1000);
    // A limit of 4, plus one for the release: below the 7 still in flight.
    expect(await second.given()).toHaveLength(8);
    for (const taker of [1, 2]) void second.release(taker);
    // The limit is now 7, with 5 in flight.
    expect(await second.given()).toHaveLength(10);
  });

  test("is not resumed by a shorter pause during a longer one", async () => {
    const limiter = limiterOf(1);
    limiter.pause?.(1000);
    limiter.pause?.(10);
    const { given } = takers(limiter, 1);
    await vi.advanceTimersByTimeAsync(999);
    expect(await given()).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await given()).toEqual([0]);
  });

  test("grants a slot at once only if one is free", () => {
    const limiter = limiterOf(2);
    const first = limiter.tryAcquire();
    expect(first).toBeDefined();
    const second = limiter.tryAcquire();
    expect(second).toBeDefined();
    expect(limiter.tryAcquire()).toBeUndefined();
    void second?.release();
    expect(limiter.tryAcquire()).toBeDefined();
  });

  test("grants none at once during a pause, up to its last moment", async () => {
    const limiter = limiterOf(2);
    limiter.pause?.(1000);
    await vi.advanceTimersByTimeAsync(999);
    expect(limiter.tryAcquire()).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(limiter.tryAcquire()).toBeDefined();
  });

  test("grants none at once past waiting requests, even if their own limit is lower", async () => {
    const name = `limit ${++names}`;
    const wide = sharedLimiter(name, 3);
    const held = wide.tryAcquire();
    const narrow = takers(sharedLimiter(name, 1), 1);
    expect(await narrow.given()).toEqual([]);
    expect(wide.tryAcquire()).toBeUndefined();
    void held?.release();
    expect(await narrow.given()).toEqual([0]);
    expect(wide.tryAcquire()).toBeDefined();
  });

  test("removes an aborted request from the queue, and the timer of its pause", async () => {
    const limiter = limiterOf(1);
    limiter.pause?.(1000);
    const controller = new AbortController();
    const waiting = limiter.acquire(controller.signal);
    expect(vi.getTimerCount()).toBe(1);
    controller.abort(new Error("gone"));
    await expect(waiting).rejects.toThrow("gone");
    expect(vi.getTimerCount()).toBe(0);
    await expect(limiter.acquire(controller.signal)).rejects.toThrow("gone");
  });

  test("never grants more slots than the limit, and never forgets a request", async () => {
    const act = fc.oneof(
      fc.constant("take" as const),
      fc.constant("release" as const),
      fc.constant("abort" as const),
      fc.constant("pause" as const),
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.array(act), async (limit, acts) => {
        const limiter = limiterOf(limit);
        const held: Lease[] = [];
        const waiting = new Set<AbortController>();
        for (const one of acts) {
          if (one === "take") {
            const controller = new AbortController();
            waiting.add(controller);
            limiter.acquire(controller.signal).then(
              (lease) => {
                waiting.delete(controller);
                held.push(lease);
              },
              () => waiting.delete(controller),
            );
          }
          if (one === "release") void held.shift()?.release();
          if (one === "abort") [...waiting].at(-1)?.abort();
          if (one === "pause") limiter.pause?.(100);
          await vi.advanceTimersByTimeAsync(10);
          expect(held.length).toBeLessThanOrEqual(limit);
        }
        await vi.advanceTimersByTimeAsync(100);
        while (held.length > 0) {
          void held.shift()?.release();
          await vi.advanceTimersByTimeAsync(0);
        }
        expect(waiting.size).toBe(0);
      }),
      { numRuns: 200 },
    );
  });
});

describe("calls under the limit", () => {
  function slowStub(options: Parameters<typeof stubClient>[1]) {
    let now = 0;
    const most = { inFlight: 0 };
    const step = async () => {
      most.inFlight = Math.max(most.inFlight, ++now);
      await new Promise((resolve) => setTimeout(resolve, 100));
      now--;
      return json(THUMBNAIL);
    };
    return { ...stubClient([step], options), most };
  }

  test("run ten at a time by default, and all finish in the end", async () => {
    const { pikzels, most, requests } = slowStub({});
    const calls = Array.from({ length: 35 }, () => pikzels.thumbnails.fromText(TEXT_BODY));
    await vi.advanceTimersByTimeAsync(400);
    await Promise.all(calls);
    expect(most.inFlight).toBe(10);
    expect(requests).toHaveLength(35);
  });

  test("share it between two clients with the same key; another key has its own", async () => {
    const baseUrl = "https://shared.example.com";
    const one = slowStub({ concurrency: 3, baseUrl });
    const two = slowStub({ concurrency: 3, baseUrl });
    const other = slowStub({ concurrency: 3, baseUrl, apiKey: "pkz_other" });
    const calls = [one, two, other].flatMap(({ pikzels }) =>
      Array.from({ length: 3 }, () => pikzels.pikzonalities.get(ID)),
    );
    await vi.advanceTimersByTimeAsync(50);
    expect([one, two, other].map(({ requests }) => requests.length)).toEqual([3, 0, 3]);
    await vi.advanceTimersByTimeAsync(150);
    await Promise.all(calls);
  });

  test("return their slot whatever happens", async () => {
    const script = [
      networkError("ECONNRESET"),
      refusal(400, "CONFLICT"),
      new Response("<html>", { status: 200 }),
      json(THUMBNAIL),
    ];
    const { pikzels } = stubClient(script, { concurrency: 1 });
    for (let failing = 0; failing < 3; failing++) {
      await expect(pikzels.thumbnails.fromText(TEXT_BODY)).rejects.toThrow();
    }
    await expect(pikzels.thumbnails.fromText(TEXT_BODY)).resolves.toEqual(THUMBNAIL);
  });

  test("are held back by a 429 of another caller", async () => {
    const limited = refusal(429, "TOO_MANY_REQUESTS", { "retry-after": "5" });
    const { pikzels, requests } = stubClient([limited, json(THUMBNAIL)], { concurrency: 1 });
    const calls = Array.from({ length: 3 }, () => pikzels.thumbnails.fromText(TEXT_BODY));
    await vi.advanceTimersByTimeAsync(4999);
    expect(requests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    await Promise.all(calls);
    expect(requests).toHaveLength(4);
  });

  test("use a custom limiter: they request a slot, report a 429, and return the slot", async () => {
    const log: string[] = [];
    const limiter: Limiter = {
      acquire: () => {
        log.push("acquire");
        return Promise.resolve({ release: () => void log.push("release") });
      },
      pause: (ms) => void log.push(`pause ${ms}`),
    };
    const limited = refusal(429, "TOO_MANY_REQUESTS", { "retry-after": "2" });
    const { pikzels } = stubClient([limited, json(THUMBNAIL)], { concurrency: limiter });
    const call = pikzels.thumbnails.fromText(TEXT_BODY);
    await vi.advanceTimersByTimeAsync(2000);
    await call;
    expect(log).toEqual(["acquire", "pause 2000", "release", "acquire", "release"]);
  });

  test("pause a custom limiter no longer than a call would wait, whatever a 429 asks for", async () => {
    const paused: number[] = [];
    const limiter: Limiter = {
      acquire: () => Promise.resolve({ release: () => undefined }),
      pause: (ms) => paused.push(ms),
    };
    for (const [status, after] of [
      [429, "86400"],
      [429, "30"],
      [503, "30"],
    ] as const) {
      const answer = refusal(status, "CONFLICT", { "retry-after": after });
      const { pikzels } = stubClient([answer], { concurrency: limiter, maxRetries: 0 });
      await expect(pikzels.thumbnails.fromText(TEXT_BODY)).rejects.toMatchObject({ status });
    }
    expect(paused).toEqual([60_000, 30_000]);
  });

  test("ask a custom limiter in no other way than its interface says", async () => {
    const acquire = vi.fn(() => Promise.resolve({ release: () => undefined }));
    const tryAcquire = vi.fn(() => Promise.resolve(true));
    const limiter: Limiter = Object.assign({ acquire }, { tryAcquire });
    const { pikzels } = stubClient([json(THUMBNAIL)], { concurrency: limiter });
    await pikzels.thumbnails.fromText(TEXT_BODY);
    expect(acquire).toHaveBeenCalledTimes(1);
    expect(tryAcquire).not.toHaveBeenCalled();
  });

  test.each([undefined, null, true, {}])(
    "send nothing if a custom limiter's acquire resolves to no lease: %j",
    async (lease) => {
      const acquire = () => Promise.resolve(lease as never);
      const { pikzels, requests } = stubClient([json(THUMBNAIL)], { concurrency: { acquire } });
      await expect(pikzels.thumbnails.fromText(TEXT_BODY)).rejects.toMatchObject({
        name: "PikzelsConnectionError",
        outcome: "not-sent",
        message: expect.stringContaining("acquire resolved to no lease") as string,
      });
      expect(requests).toHaveLength(0);
    },
  );

  test("reject with the error of this package that a custom limiter's acquire rejects with", async () => {
    const error = new PikzelsInputError("No slots today.");
    const concurrency = { acquire: () => Promise.reject(error) };
    const { pikzels, requests } = stubClient([json(THUMBNAIL)], { concurrency });
    await expect(pikzels.thumbnails.fromText(TEXT_BODY)).rejects.toBe(error);
    expect(requests).toHaveLength(0);
  });

  test("survive an error that a custom limiter's release throws", async () => {
    for (const release of [
      () => Promise.reject(new Error("Redis is gone")),
      () => {
        throw new Error("Redis is gone");
      },
    ]) {
      const limiter = { acquire: () => Promise.resolve({ release }) };
      const { pikzels } = stubClient([json(THUMBNAIL)], { concurrency: limiter });
      await expect(pikzels.thumbnails.fromText(TEXT_BODY)).resolves.toEqual(THUMBNAIL);
    }
  });

  test.each([
    [
      "throws",
      () => {
        throw new Error(`no Redis for ${CANARY}`);
      },
    ],
    ["rejects", () => Promise.reject(new Error(`no Redis for ${CANARY}`))],
  ])(
    "send nothing and show no key in the error if a custom limiter's acquire %s",
    async (_how, acquire) => {
      const { pikzels, requests } = stubClient([json(THUMBNAIL)], { concurrency: { acquire } });
      await expect(pikzels.thumbnails.fromText(TEXT_BODY)).rejects.toMatchObject({
        name: "PikzelsConnectionError",
        outcome: "not-sent",
        message: expect.stringContaining(
          "the limiter gave no slot (no Redis for [the API key])",
        ) as string,
        cause: { message: "no Redis for [the API key]" },
      });
      expect(requests).toHaveLength(0);
    },
  );

  test.each([
    [
      "throws",
      () => {
        throw new Error("Redis is gone");
      },
    ],
    ["rejects", () => Promise.reject(new Error("Redis is gone")) as never],
  ])("are sent again even if a custom limiter's pause %s", async (_how, pause) => {
    const limited = refusal(429, "TOO_MANY_REQUESTS", { "retry-after": "2" });
    const acquire = () => Promise.resolve({ release: () => undefined });
    const { pikzels } = stubClient([limited, json(THUMBNAIL)], { concurrency: { acquire, pause } });
    const call = pikzels.thumbnails.fromText(TEXT_BODY);
    await vi.advanceTimersByTimeAsync(2000);
    await expect(call).resolves.toEqual(THUMBNAIL);
  });

  test("are held for 30 days by a pause of 30 days, with a handful of timers", async () => {
    const days = 24 * 60 * 60 * 1000;
    const limiter = limiterOf(1);
    limiter.pause?.(30 * days);
    const timers = vi.spyOn(globalThis, "setTimeout");
    let lease: Lease | undefined;
    void limiter.acquire(signal).then((given) => (lease = given));
    await vi.advanceTimersByTimeAsync(30 * days - 1);
    expect(lease).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(lease).toBeDefined();
    expect(timers.mock.calls.length).toBeLessThan(10);
  });

  test("request a new slot without sending if the slot is lost before they leave", async () => {
    const leases: Lease[] = [
      { release: () => undefined, signal: AbortSignal.abort(new Error("lease lost")) },
      { release: () => undefined },
    ];
    const limiter: Limiter = {
      acquire: () => Promise.resolve(leases.shift() ?? { release: () => undefined }),
    };
    const { pikzels, requests } = stubClient([json(THUMBNAIL)], { concurrency: limiter });
    const call = pikzels.thumbnails.fromText(TEXT_BODY);
    await vi.advanceTimersByTimeAsync(500);
    await expect(call).resolves.toEqual(THUMBNAIL);
    expect(requests).toHaveLength(1);
  });

  test("finish if the slot is lost after they left, because they may be paid for", async () => {
    const lost = new AbortController();
    const lease: Lease = { release: () => undefined, signal: lost.signal };
    const step = () => new Promise<Response>((resolve) => setTimeout(resolve, 50, json(THUMBNAIL)));
    const concurrency: Limiter = { acquire: () => Promise.resolve(lease) };
    const { pikzels, requests } = stubClient([step], { concurrency });
    const call = pikzels.thumbnails.fromText(TEXT_BODY);
    await vi.advanceTimersByTimeAsync(10);
    lost.abort(new Error("lease lost"));
    await vi.advanceTimersByTimeAsync(40);
    await expect(call).resolves.toEqual(THUMBNAIL);
    expect(requests).toHaveLength(1);
  });

  test("fail as not sent, with the reason, if a lost slot is not granted again", async () => {
    const cause = new Error("lease lost");
    const lost = { release: () => undefined, signal: AbortSignal.abort(cause) };
    const { pikzels, requests } = stubClient([json(THUMBNAIL)], {
      concurrency: { acquire: () => Promise.resolve(lost) },
      maxRetries: 0,
    });
    const call = pikzels.thumbnails.fromText(TEXT_BODY);
    await expect(call).rejects.toMatchObject({
      name: "PikzelsConnectionError",
      outcome: "not-sent",
      attempts: 0,
      cause,
      message: expect.stringMatching(/: the slot .* was lost\. Nothing was sent\.$/) as string,
    });
    expect(requests).toHaveLength(0);
  });

  test("return a slot that is granted after they ended", async () => {
    let give: (lease: Lease) => void = () => undefined;
    const release = vi.fn();
    const limiter = { acquire: () => new Promise<Lease>((resolve) => (give = resolve)) };
    const { pikzels } = stubClient([json(THUMBNAIL)], { concurrency: limiter, queueTimeoutMs: 10 });
    const call = expect(pikzels.thumbnails.fromText(TEXT_BODY)).rejects.toThrow("queueTimeoutMs");
    await vi.advanceTimersByTimeAsync(10);
    await call;
    give({ release });
    await vi.advanceTimersByTimeAsync(0);
    expect(release).toHaveBeenCalledOnce();
  });

  test("leave no trace of the key when nobody uses the limit", async () => {
    const kept = vi.spyOn(Map.prototype, "delete");
    const { pikzels } = stubClient([json(THUMBNAIL)]);
    await pikzels.thumbnails.fromText(TEXT_BODY);
    expect(kept).toHaveBeenCalledWith(expect.stringContaining(CANARY));
  });
});
