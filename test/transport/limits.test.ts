import { getEventListeners } from "node:events";
import { PikzelsTimeoutError } from "pikzels-client";
import { describe, expect, test, vi } from "vitest";
import { controlClock } from "../support/controlled-clock.js";
import {
  CANARY,
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

controlClock();

const never = () => new Promise<never>(() => undefined);

async function after<Result>(ms: number, call: Promise<Result>): Promise<unknown> {
  let state: unknown = "pending";
  call.then(
    (value) => (state = value),
    (error: unknown) => (state = error),
  );
  await vi.advanceTimersByTimeAsync(ms);
  return state;
}

describe("timeoutMs limits how long a call is at work", () => {
  test.each([
    ["the request is not answered", unanswered, "unknown", 1],
    ["the fetch ignores its signal", never, "unknown", 1],
    ["the body stalls", stalled(), "unknown", 1],
  ])("while %s", async (_when, step, outcome, attempts) => {
    const { pikzels } = stubClient([step], { timeoutMs: 1000 });
    const call = pikzels.thumbnails.fromText(TEXT_BODY);
    expect(await after(999, call)).toBe("pending");
    const error = await after(1, call);
    expect(error).toBeInstanceOf(PikzelsTimeoutError);
    expect(error).toMatchObject({ outcome, attempts });
    expect((error as Error).message).toMatch(/longer than timeoutMs \(1000 ms\)\. It may/);
  });

  test("while requesting the key: nothing was sent", async () => {
    const { pikzels } = stubClient([json(THUMBNAIL)], { apiKey: never, timeoutMs: 1000 });
    const error = await after(1000, pikzels.thumbnails.fromText(TEXT_BODY));
    expect(error).toMatchObject({ name: "PikzelsTimeoutError", outcome: "not-sent" });
  });

  test("before anything is sent, even if a blocked event loop kept the timer from firing", async () => {
    const now = vi.spyOn(performance, "now").mockReturnValue(0);
    const apiKey = () => {
      now.mockReturnValue(1000);
      return Promise.resolve(CANARY);
    };
    const { pikzels, requests } = stubClient([json(THUMBNAIL)], { apiKey, timeoutMs: 1000 });
    const call = pikzels.thumbnails.fromText(TEXT_BODY);
    await expect(call).rejects.toMatchObject({ name: "PikzelsTimeoutError", outcome: "not-sent" });
    expect(requests).toEqual([]);
    now.mockRestore();
  });

  test("over all attempts together", async () => {
    const limits = { timeoutMs: 100_000, attemptTimeoutMs: 60_000 };
    const { pikzels, requests } = stubClient([unanswered], limits);
    const call = pikzels.pikzonalities.get(ID);
    expect(await after(99_999, call)).toBe("pending");
    expect(await after(1, call)).toMatchObject({ name: "PikzelsTimeoutError" });
    expect(requests).toHaveLength(2);
  });

  test("including backoffs, which do not start if they would exceed it", async () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    const maintenance = refusal(503, "SERVICE_UNDER_MAINTENANCE");
    const { pikzels, requests } = stubClient([maintenance], { maxRetries: 9 });
    // 500 ms, then 1000 ms, of which only 999 are left.
    const call = pikzels.thumbnails.fromText(TEXT_BODY, { timeoutMs: 1499 });
    expect(await after(500, call)).toMatchObject({ name: "PikzelsApiError", attempts: 2 });
    expect(requests).toHaveLength(2);
  });

  test("to ten minutes by default", async () => {
    const { pikzels } = stubClient([unanswered], { attemptTimeoutMs: Infinity });
    const call = pikzels.thumbnails.fromText(TEXT_BODY);
    expect(await after(599_999, call)).toBe("pending");
    expect(await after(1, call)).toMatchObject({ name: "PikzelsTimeoutError", attempts: 1 });
  });

  test("with an error whose stack leads to the caller", async () => {
    const { pikzels } = stubClient([unanswered], { timeoutMs: 1000 });
    const error = await after(1000, pikzels.thumbnails.fromText(TEXT_BODY));
    expect((error as Error).stack).toMatch(/\/methods\.ts:/);
  });

  test("by aborting the fetch like AbortSignal.timeout", async () => {
    let told: unknown;
    const listening = (url: string, init: Parameters<typeof unanswered>[1]) => {
      init.signal.addEventListener("abort", () => {
        told = init.signal.reason;
      });
      return unanswered(url, init);
    };
    const { pikzels } = stubClient([listening], { timeoutMs: 1000 });
    await after(1000, pikzels.thumbnails.fromText(TEXT_BODY));
    expect(told).toMatchObject({ name: "TimeoutError", message: "The time is up" });
  });

  test("without a timer if there is no limit", async () => {
    const limits = { timeoutMs: Infinity, attemptTimeoutMs: Infinity };
    let give: (response: Response) => void = () => undefined;
    const answer = () => new Promise<Response>((resolve) => (give = resolve));
    const { pikzels } = stubClient([answer], limits);
    const call = pikzels.thumbnails.fromText(TEXT_BODY);
    await after(10, call);
    expect(vi.getTimerCount()).toBe(0);
    give(json(THUMBNAIL));
    await expect(call).resolves.toEqual(THUMBNAIL);
  });

  test("unless it is Infinity or more than a timer can count", async () => {
    const answer = () =>
      new Promise<Response>((resolve) => setTimeout(resolve, 200_000, json(THUMBNAIL)));
    for (const timeoutMs of [Infinity, 2 ** 40]) {
      const { pikzels } = stubClient([answer], { timeoutMs });
      expect(await after(200_000, pikzels.thumbnails.fromText(TEXT_BODY))).toEqual(THUMBNAIL);
    }
  });
});

describe("waiting for a free slot", () => {
  const generate = (ms: number) => () =>
    new Promise<Response>((resolve) => setTimeout(resolve, ms, json(THUMBNAIL)));

  test("does not count against timeoutMs", async () => {
    const { pikzels, requests } = stubClient([generate(900)], { concurrency: 1, timeoutMs: 1000 });
    const calls = Array.from({ length: 3 }, () => pikzels.thumbnails.fromText(TEXT_BODY));
    expect(await after(2700, Promise.all(calls))).toEqual([THUMBNAIL, THUMBNAIL, THUMBNAIL]);
    expect(requests).toHaveLength(3);
  });

  test("lets a batch of 500 calls finish that takes far longer than timeoutMs", async () => {
    let billed = 0;
    const generation = () => {
      billed++;
      return generate(60_000)();
    };
    const { pikzels } = stubClient([generation]);
    const calls = Array.from({ length: 500 }, () => pikzels.thumbnails.fromText(TEXT_BODY));
    const all = Promise.allSettled(calls);
    await vi.advanceTimersByTimeAsync((500 / 10) * 60_000);
    const done = (await all).filter(({ status }) => status === "fulfilled");
    expect({ done: done.length, billed }).toEqual({ done: 500, billed: 500 });
  });

  test("never makes a call abandon a request in flight", async () => {
    const { pikzels } = stubClient([generate(900)], { concurrency: 1, queueTimeoutMs: 1000 });
    const first = pikzels.thumbnails.fromText(TEXT_BODY);
    const second = pikzels.thumbnails.fromText(TEXT_BODY);
    expect(await after(1800, Promise.all([first, second]))).toEqual([THUMBNAIL, THUMBNAIL]);
  });

  test("ends after queueTimeoutMs: nothing was sent, and the message names the option", async () => {
    const { pikzels, requests } = stubClient([unanswered], { concurrency: 1 });
    const first = pikzels.thumbnails.fromText(TEXT_BODY, { timeoutMs: 5000 });
    const second = pikzels.thumbnails.fromText(TEXT_BODY, { queueTimeoutMs: 1000 });
    expect(await after(999, second)).toBe("pending");
    expect(await after(1, second)).toMatchObject({
      name: "PikzelsTimeoutError",
      outcome: "not-sent",
      attempts: 0,
      message: expect.stringMatching(/slot for longer than queueTimeoutMs \(1000 ms\)\./) as string,
    });
    expect(requests).toHaveLength(1);
    expect(await after(4000, first)).toMatchObject({ outcome: "unknown" });
  });

  test("is limited by queueTimeoutMs over all attempts together", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const waits: number[] = [];
    const concurrency = {
      acquire: (signal: AbortSignal) => {
        waits.push(performance.now());
        return new Promise<{ release: () => void }>((resolve, reject) => {
          const timer = setTimeout(resolve, 600, { release: () => undefined });
          signal.addEventListener("abort", () => {
            clearTimeout(timer);
            reject(signal.reason as Error);
          });
        });
      },
    };
    const limits = { concurrency, queueTimeoutMs: 1000 };
    const { pikzels } = stubClient([refusal(429, "TOO_MANY_REQUESTS")], limits);
    const call = pikzels.thumbnails.fromText(TEXT_BODY);
    expect(await after(999, call)).toBe("pending");
    // One more, for the backoff of zero.
    const error = await after(2, call);
    expect(error).toMatchObject({ name: "PikzelsTimeoutError", outcome: "rejected", attempts: 1 });
    expect(waits).toHaveLength(2);
  });
});

describe("delays may be longer than a timer can hold", () => {
  const days = 24 * 60 * 60 * 1000;

  test("for a Retry-After of 30 days if the caps are lifted", async () => {
    const later = refusal(429, "TOO_MANY_REQUESTS", { "retry-after": `${30 * 24 * 60 * 60}` });
    const limits = { maxRetryAfterMs: Infinity, timeoutMs: Infinity };
    const { pikzels, requests } = stubClient([later, json(THUMBNAIL)], limits);
    const call = pikzels.thumbnails.fromText(TEXT_BODY);
    expect(await after(30 * days - 1, call)).toBe("pending");
    expect(requests).toHaveLength(1);
    expect(await after(1, call)).toEqual(THUMBNAIL);
  });

  test("for a timeoutMs of 60 days, which does not end the call at once", async () => {
    const limits = { timeoutMs: 60 * days, attemptTimeoutMs: Infinity };
    const { pikzels } = stubClient([unanswered], limits);
    const call = pikzels.thumbnails.fromText(TEXT_BODY);
    expect(await after(60 * days - 1, call)).toBe("pending");
    expect(await after(1, call)).toMatchObject({ name: "PikzelsTimeoutError" });
  });
});

describe("attemptTimeoutMs limits one attempt", () => {
  test.each([
    ["no response", unanswered],
    ["a stalled body", stalled()],
  ])("of a GET, which is followed by another: %s", async (_what, step) => {
    const { pikzels } = stubClient([step, json({ id: ID })], { attemptTimeoutMs: 1000 });
    vi.spyOn(Math, "random").mockReturnValue(0);
    expect(await after(1001, pikzels.pikzonalities.get(ID))).toEqual({ id: ID });
  });

  test("of a POST, which is not repeated, because it may have been processed", async () => {
    const { pikzels, requests } = stubClient([unanswered], { attemptTimeoutMs: 1000 });
    expect(await after(1000, pikzels.thumbnails.fromText(TEXT_BODY))).toMatchObject({
      name: "PikzelsTimeoutError",
      outcome: "unknown",
      message: expect.stringContaining("attemptTimeoutMs (1000 ms)") as string,
    });
    expect(requests).toHaveLength(1);
  });

  test("with a longer default for a generation than for reading a style", async () => {
    const { pikzels } = stubClient([unanswered], { maxRetries: 0 });
    expect(await after(60_000, pikzels.pikzonalities.get(ID))).toMatchObject({ attempts: 1 });
    const generation = pikzels.thumbnails.fromText(TEXT_BODY);
    expect(await after(289_999, generation)).toBe("pending");
    expect(await after(1, generation)).toMatchObject({ attempts: 1 });
  });
});

describe("an abort ends everything and leaves nothing behind", () => {
  const reason = new Error("the user has left");

  function watchedSignal() {
    const controller = new AbortController();
    const { signal } = controller;
    const listeners = () => getEventListeners(signal, "abort").length;
    return { controller, signal, listeners };
  }

  test.each([
    ["requesting the key", [json({})], { apiKey: never }],
    ["sending", [unanswered], {}],
    ["sending with a fetch that ignores its signal", [never], {}],
    ["reading", [stalled()], {}],
    ["backing off", [networkError("ECONNRESET")], {}],
  ])("while %s", async (_when, script, options) => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    const { pikzels } = stubClient(script, options);
    const { controller, signal, listeners } = watchedSignal();
    const call = pikzels.pikzonalities.get(ID, { signal });
    expect(await after(10, call)).toBe("pending");
    controller.abort(reason);
    expect(await after(0, call)).toBe(reason);
    expect(listeners()).toBe(0);
  });

  test("while queued, passing the slot to the next call", async () => {
    const { pikzels, requests } = stubClient([unanswered], { concurrency: 1 });
    const first = watchedSignal();
    const second = watchedSignal();
    const calls = [first, second].map(({ signal }) => pikzels.pikzonalities.get(ID, { signal }));
    await vi.advanceTimersByTimeAsync(10);
    second.controller.abort(reason);
    await expect(calls[1]).rejects.toBe(reason);
    expect(requests).toHaveLength(1);
    const third = watchedSignal();
    const call = pikzels.pikzonalities.get(ID, { signal: third.signal });
    await vi.advanceTimersByTimeAsync(10);
    first.controller.abort(reason);
    await expect(calls[0]).rejects.toBe(reason);
    await vi.advanceTimersByTimeAsync(10);
    expect(requests).toHaveLength(2);
    third.controller.abort(reason);
    await expect(call).rejects.toBe(reason);
  });

  test("before the call, so that nothing is sent", async () => {
    const { pikzels, requests } = stubClient([json({})]);
    const signal = AbortSignal.abort(reason);
    await expect(pikzels.pikzonalities.get(ID, { signal })).rejects.toBe(reason);
    expect(requests).toHaveLength(0);
  });

  test("not even a response that arrives after the end", async () => {
    const cancel = vi.fn();
    let answer: (response: Response) => void = () => undefined;
    const late = () => new Promise<Response>((resolve) => (answer = resolve));
    const { pikzels } = stubClient([late]);
    const { controller, signal } = watchedSignal();
    const call = pikzels.pikzonalities.get(ID, { signal });
    await vi.advanceTimersByTimeAsync(10);
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    answer(new Response(new ReadableStream({ cancel })));
    await vi.advanceTimersByTimeAsync(10);
    expect(cancel).toHaveBeenCalled();
  });

  test("with one listener on a signal that many calls share, and none once they are over", async () => {
    const { pikzels } = stubClient([unanswered]);
    const { controller, signal, listeners } = watchedSignal();
    const calls = Array.from({ length: 30 }, () => pikzels.pikzonalities.get(ID, { signal }));
    const all = Promise.allSettled(calls);
    await vi.advanceTimersByTimeAsync(10);
    expect(listeners()).toBe(1);
    controller.abort(reason);
    expect(await all).toEqual(calls.map(() => ({ status: "rejected", reason })));
    expect(listeners()).toBe(0);
  });

  test("with a signal that two calls share, even if one of them is over", async () => {
    const { pikzels } = stubClient([json({ id: ID }), unanswered]);
    const { controller, signal } = watchedSignal();
    const first = pikzels.pikzonalities.get(ID, { signal });
    const second = pikzels.pikzonalities.get(ID, { signal });
    await expect(first).resolves.toEqual({ id: ID });
    controller.abort(reason);
    expect(await after(0, second)).toBe(reason);
  });

  test("with a signal that outlives many calls without gathering listeners", async () => {
    const { pikzels } = stubClient([json({ id: ID })]);
    const { signal, listeners } = watchedSignal();
    for (let call = 0; call < 20; call++) await pikzels.pikzonalities.get(ID, { signal });
    expect(listeners()).toBe(0);
  });
});
