import type { CallOptions, Limiter, PikzelsOptions } from "pikzels-client";
import { describe, expect, test, vi } from "vitest";
import { controlClock } from "../support/controlled-clock.js";
import { seededRandom } from "../../src/emulator/state/seeded-random.js";
import { sharedLimiter } from "../../src/transport/limiter.js";
import {
  ID,
  json,
  networkError,
  refusal,
  stalled,
  stubClient,
  TEXT_BODY,
  THUMBNAIL,
  unanswered,
} from "../support/stub-fetch.js";
import type { Pikzels } from "../support/client.js";

// The longest wait that the jitter allows, so that every wait is known.
controlClock(1);

const MS_PER_CALL = 100;

/** A service whose calls all take the same time, and two clients of one key that call it. */
function sharedService(options: PikzelsOptions, answer: (nth: number) => Response) {
  const started: { who: string; at: number }[] = [];
  const begin = performance.now();
  let inFlight = 0;
  let most = 0;
  const clientOf = (who: string) => {
    const step = async () => {
      most = Math.max(most, ++inFlight);
      const nth = started.push({ who, at: performance.now() - begin });
      await new Promise((resolve) => setTimeout(resolve, MS_PER_CALL));
      inFlight--;
      return answer(nth);
    };
    return stubClient([step], { baseUrl, ...options }).pikzels;
  };
  const baseUrl = `https://fair-${++services}.example.com`;
  return {
    one: clientOf("one"),
    other: clientOf("other"),
    started,
    /** The maximum number in flight since the last time this was called. */
    most: () => {
      const seen = most;
      most = inFlight;
      return seen;
    },
  };
}
let services = 0;

const flood = (client: Pikzels, count: number) =>
  Array.from({ length: count }, () => client.thumbnails.fromText(TEXT_BODY));

describe("one of two clients with the same key that floods the queue", () => {
  test("does not starve the other, whose call is sent in its turn and within its deadline", async () => {
    const { one, other, started, most } = sharedService({ concurrency: 10 }, () => json(THUMBNAIL));
    const before = flood(one, 500);
    // 500 calls, ten at a time: done after 5000 ms, and not a moment later.
    const single = other.thumbnails.fromText(TEXT_BODY, { timeoutMs: 5000 + MS_PER_CALL + 1 });
    const after = flood(one, 500);

    await vi.advanceTimersByTimeAsync(100 * MS_PER_CALL + MS_PER_CALL);
    await expect(single).resolves.toEqual(THUMBNAIL);
    await Promise.all([...before, ...after]);

    expect(started.findIndex(({ who }) => who === "other")).toBe(500);
    expect(started[500]?.at).toBe(5000);
    expect(started).toHaveLength(1001);
    expect(most()).toBe(10);
  });

  test("does not overtake the other with its retries", async () => {
    const { one, other, started } = sharedService({ concurrency: 1 }, (nth) =>
      nth === 1
        ? refusal(503, "SERVICE_UNDER_MAINTENANCE", { "retry-after": "0" })
        : json(THUMBNAIL),
    );
    const calls = [...flood(one, 1), ...flood(other, 2)];

    await vi.advanceTimersByTimeAsync(4 * MS_PER_CALL);
    await Promise.all(calls);

    expect(started.map(({ who }) => who)).toEqual(["one", "other", "other", "one"]);
  });

  test("does not overtake the other with calls that arrive at the moment a wait ends", async () => {
    const { one, other, started } = sharedService({ concurrency: 1 }, (nth) =>
      nth === 1 ? refusal(429, "TOO_MANY_REQUESTS", { "retry-after": "1" }) : json(THUMBNAIL),
    );
    const late: Promise<unknown>[] = [];
    // Set before the limit sets its own timer for that moment, so this one fires first.
    setTimeout(() => late.push(...flood(one, 5)), MS_PER_CALL + 1000);
    const refused = expect(
      one.thumbnails.fromText(TEXT_BODY, { maxRetries: 0 }),
    ).rejects.toMatchObject({ status: 429 });
    const waiting = flood(other, 1);

    await vi.advanceTimersByTimeAsync(MS_PER_CALL + 1000 + 6 * MS_PER_CALL);
    await Promise.all([refused, ...waiting, ...late]);

    expect(started.map(({ who }) => who).slice(0, 3)).toEqual(["one", "other", "one"]);
    expect(started).toHaveLength(7);
  });
});

describe("a slot is free again, for whoever is next, when a call", () => {
  const endless = () =>
    new Response(
      new ReadableStream({
        pull: (controller) => {
          controller.enqueue(new Uint8Array(4 * 2 ** 20));
        },
      }),
    );
  const throwing = () => {
    throw new Error("fetch is broken");
  };
  const throwAlways = () => {
    throw new Error("the hook is broken");
  };

  test.each<[string, Parameters<typeof stubClient>[0][number], PikzelsOptions]>([
    ["is refused", refusal(402, "INSUFFICIENT_CREDITS"), {}],
    ["gets a server error", refusal(500, "INTERNAL_ERROR"), {}],
    ["is redirected", new Response(null, { status: 302, headers: { location: "/" } }), {}],
    ["gets invalid JSON", new Response("<html>"), {}],
    ["gets an endless body", endless, {}],
    ["gets a body that fails", () => new Response(failingBody()), {}],
    ["loses its connection", networkError("ECONNRESET"), {}],
    ["has a fetch that throws", throwing, {}],
    ["gets no response within attemptTimeoutMs", unanswered, { attemptTimeoutMs: 50 }],
    ["gets no complete body within attemptTimeoutMs", stalled(), { attemptTimeoutMs: 50 }],
    ["gets no response within timeoutMs", unanswered, { timeoutMs: 50 }],
    [
      "has a fetch that ignores its signal",
      () => new Promise<never>(() => undefined),
      { timeoutMs: 50 },
    ],
    ["succeeds, although its onEvent throws", json(THUMBNAIL), { onEvent: throwAlways }],
  ])("%s", async (_what, step, options) => {
    const { pikzels, requests } = stubClient([step, json(THUMBNAIL)], {
      concurrency: 1,
      maxRetries: 0,
      ...options,
    });
    const [first] = flood(pikzels, 1);
    const settled = Promise.allSettled([first]);
    const next = pikzels.thumbnails.fromText(TEXT_BODY, { timeoutMs: 1000 });
    await vi.advanceTimersByTimeAsync(50);
    await settled;
    await expect(next).resolves.toEqual(THUMBNAIL);
    expect(requests).toHaveLength(2);
  });

  test.each([
    ["sent", unanswered],
    ["read", stalled()],
  ])("is aborted while it is %s", async (_what, step) => {
    const { pikzels, requests } = stubClient([step, json(THUMBNAIL)], { concurrency: 1 });
    const controller = new AbortController();
    const gone = expect(
      pikzels.thumbnails.fromText(TEXT_BODY, { signal: controller.signal }),
    ).rejects.toThrow("gone");
    const next = pikzels.thumbnails.fromText(TEXT_BODY);
    await vi.advanceTimersByTimeAsync(10);
    expect(requests).toHaveLength(1);
    controller.abort(new Error("gone"));
    await gone;
    await expect(next).resolves.toEqual(THUMBNAIL);
  });

  test("leaves the queue, by an abort or by queueTimeoutMs", async () => {
    const { pikzels, requests } = stubClient([unanswered, json({ id: ID })], { concurrency: 1 });
    const controller = new AbortController();
    const get = (options: CallOptions) => pikzels.pikzonalities.get(ID, options);
    const settled = Promise.allSettled([
      get({ timeoutMs: 300, maxRetries: 0 }),
      get({ signal: controller.signal }),
      get({ queueTimeoutMs: 200 }),
      get({ queueTimeoutMs: 400 }),
    ]);
    await vi.advanceTimersByTimeAsync(100);
    controller.abort(new Error("gone"));
    await vi.advanceTimersByTimeAsync(200);
    expect(await settled).toMatchObject([
      { reason: { name: "PikzelsTimeoutError", attempts: 1 } },
      { reason: { message: "gone" } },
      { reason: { name: "PikzelsTimeoutError", attempts: 0, outcome: "not-sent" } },
      { value: { id: ID } },
    ]);
    expect(requests).toHaveLength(2);
  });
});

function failingBody(): ReadableStream {
  return new ReadableStream({
    start: (controller) => {
      controller.error(new TypeError("terminated"));
    },
  });
}

describe("a 429 reduces the load for a while", () => {
  test("for all callers: none before the wait is over, half of them after it, all in the end", async () => {
    const service = sharedService({ concurrency: 10, maxRetries: 3 }, (nth) =>
      nth <= 10 ? refusal(429, "TOO_MANY_REQUESTS", { "retry-after": "30" }) : json(THUMBNAIL),
    );
    const calls = [...flood(service.one, 100), ...flood(service.other, 100)];

    await vi.advanceTimersByTimeAsync(MS_PER_CALL);
    expect(service.started).toHaveLength(10);
    await vi.advanceTimersByTimeAsync(29_999);
    expect(service.started).toHaveLength(10);
    service.most();
    await vi.advanceTimersByTimeAsync(1);
    expect(service.most()).toBeLessThanOrEqual(5);
    await vi.advanceTimersByTimeAsync(20 * MS_PER_CALL);
    expect(service.most()).toBe(10);
    await vi.advanceTimersByTimeAsync(20 * MS_PER_CALL);
    await Promise.all(calls);
    expect(service.started).toHaveLength(210);
  });

  test("so that a service with low capacity refuses less, and all calls are served", async () => {
    const onItsOwn = sharedLimiter("callers on their own", 10);
    const together = await refusalsOf(10);
    const apart = await refusalsOf({ acquire: (signal) => onItsOwn.acquire(signal) });
    expect(together).toBeLessThan(apart / 2);
  });

  /** How often a service that accepts three at a time refuses, until a hundred calls are served. */
  async function refusalsOf(concurrency: number | Limiter): Promise<number> {
    let inFlight = 0;
    let refusals = 0;
    const step = async () => {
      const isRefused = ++inFlight > 3;
      await new Promise((resolve) => setTimeout(resolve, MS_PER_CALL));
      inFlight--;
      refusals += Number(isRefused);
      return isRefused ? refusal(429, "TOO_MANY_REQUESTS") : json(THUMBNAIL);
    };
    vi.spyOn(Math, "random").mockImplementation(seededRandom(1));
    const { pikzels } = stubClient([step], { concurrency, maxRetries: 1000, timeoutMs: Infinity });
    const calls = flood(pikzels, 100);
    await vi.advanceTimersByTimeAsync(600_000);
    await Promise.all(calls);
    return refusals;
  }
});
