import { PikzelsTimeoutError, PikzelsTrainingError } from "pikzels-client";
import { expect, test, vi } from "vitest";
import { controlClock } from "../support/controlled-clock.js";
import { ID, json, networkError, refusal, stubClient } from "../support/stub-fetch.js";

controlClock(0.5);

const processing = (progress: number) => json({ id: ID, status: "processing", progress });
const READY = {
  id: ID,
  status: "completed",
  progress: 100,
  portrait_url: "https://cdn.example.com/portrait.png",
  reference: ["https://cdn.example.com/1.png"],
};

test("waitUntilReady polls at an even pace, reports progress, and resolves to the completed resource", async () => {
  const seen: number[] = [];
  const { pikzels, requests } = stubClient([
    processing(0),
    processing(0),
    processing(40),
    json(READY),
  ]);
  const call = pikzels.pikzonalities.waitUntilReady(ID, {
    onProgress: (percent) => seen.push(percent),
  });
  await vi.advanceTimersByTimeAsync(4999);
  expect(requests).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(requests).toHaveLength(2);
  await vi.runAllTimersAsync();
  await expect(call).resolves.toEqual(READY);
  expect(seen).toEqual([0, 40, 100]);
});

test.each([
  [0, 4000],
  [1, 6000],
])("intervalMs has jitter: with Math.random at %d it is %d ms", async (chance, pace) => {
  vi.mocked(Math.random).mockReturnValue(chance);
  const { pikzels, requests } = stubClient([processing(1), json(READY)]);
  const call = pikzels.pikzonalities.waitUntilReady(ID);
  await vi.advanceTimersByTimeAsync(pace - 1);
  expect(requests).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(requests).toHaveLength(2);
  await call;
});

test("intervalMs sets the pace, and an unknown newer status keeps the wait going", async () => {
  const { pikzels, requests } = stubClient([json({ id: ID, status: "queued" }), json(READY)]);
  const call = pikzels.pikzonalities.waitUntilReady(ID, { intervalMs: 100 });
  await vi.advanceTimersByTimeAsync(100);
  await expect(call).resolves.toEqual(READY);
  expect(requests).toHaveLength(2);
});

test("waitUntilReady keeps progress between 0 and 100", async () => {
  const seen: number[] = [];
  const script = [-5, 250].map((progress) => processing(progress));
  const { pikzels } = stubClient([...script, json({ ...READY, progress: undefined })]);
  const onProgress = (percent: number) => seen.push(percent);
  const call = pikzels.pikzonalities.waitUntilReady(ID, { onProgress });
  await vi.runAllTimersAsync();
  await call;
  expect(seen).toEqual([0, 100]);
});

test("a failed training rejects with an error that carries it", async () => {
  const failed = { id: ID, status: "failed", progress: 60, name: "Ada" };
  const { pikzels } = stubClient([json(failed)]);
  const call = pikzels.pikzonalities.waitUntilReady(ID);
  await expect(call).rejects.toBeInstanceOf(PikzelsTrainingError);
  await expect(call).rejects.toMatchObject({ pikzonality: failed, outcome: "rejected" });
  await expect(call).rejects.toThrow(/^GET \/v2\/pikzonality\/.*training failed.*create another/);
});

test("waitUntilReady survives temporary failures, even if they outlast the retries", async () => {
  const outage = Array.from({ length: 9 }, () => networkError("ECONNRESET"));
  const script = [processing(1), ...outage, refusal(500, "INTERNAL_ERROR"), json(READY)];
  const { pikzels } = stubClient(script);
  const call = pikzels.pikzonalities.waitUntilReady(ID);
  await vi.runAllTimersAsync();
  await expect(call).resolves.toEqual(READY);
});

test("a lasting outage rejects with the error of the last poll", async () => {
  const { pikzels, requests } = stubClient([networkError("ECONNRESET")]);
  const call = expect(pikzels.pikzonalities.waitUntilReady(ID)).rejects.toMatchObject({
    name: "PikzelsConnectionError",
  });
  await vi.runAllTimersAsync();
  await call;
  expect(requests).toHaveLength(5 * 3);
});

test("a poll that is answered 429 waits as long as Retry-After asks", async () => {
  const limited = refusal(429, "TOO_MANY_REQUESTS", { "retry-after": "90" });
  const { pikzels, requests } = stubClient([limited, json(READY)]);
  const call = pikzels.pikzonalities.waitUntilReady(ID);
  await vi.advanceTimersByTimeAsync(89_999);
  expect(requests).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  await expect(call).resolves.toEqual(READY);
});

test("a refusal such as NOT_FOUND ends the wait at once", async () => {
  const { pikzels, requests } = stubClient([refusal(404, "NOT_FOUND")]);
  const call = pikzels.pikzonalities.waitUntilReady(ID);
  await expect(call).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(requests).toHaveLength(1);
});

test("timeoutMs limits the wait, and its error says how far the training was", async () => {
  const { pikzels } = stubClient([processing(30)]);
  const call = pikzels.pikzonalities.waitUntilReady(ID, { timeoutMs: 12_000 });
  const late = expect(call).rejects.toThrow(PikzelsTimeoutError);
  await vi.advanceTimersByTimeAsync(12_000);
  await late;
  await expect(call).rejects.toThrow(/not ready after 12000 ms \(30 %\)/);
  await expect(call).rejects.toMatchObject({
    operation: { method: "GET", path: `/v2/pikzonality/${ID}` },
    outcome: "unknown",
  });
});

test("a timeout before the first poll is answered says 0 %", async () => {
  const { pikzels } = stubClient([() => new Promise<never>(() => undefined)]);
  const call = pikzels.pikzonalities.waitUntilReady(ID, { timeoutMs: 1000 });
  const late = expect(call).rejects.toThrow(/not ready after 1000 ms \(0 %\)/);
  await vi.advanceTimersByTimeAsync(1000);
  await late;
});

test("the wait ends after half an hour by default", async () => {
  const { pikzels } = stubClient([processing(1)]);
  const call = pikzels.pikzonalities.waitUntilReady(ID, { intervalMs: 100_000 });
  const late = expect(call).rejects.toThrow("not ready after 1800000 ms");
  await vi.advanceTimersByTimeAsync(1_800_000);
  await late;
});

test.each([{ timeoutMs: 0 }, { intervalMs: 0 }])("waitUntilReady refuses %j", async (options) => {
  const { pikzels, requests } = stubClient([json(READY)]);
  const [name = ""] = Object.keys(options);
  await expect(pikzels.pikzonalities.waitUntilReady(ID, options)).rejects.toThrow(name);
  expect(requests).toHaveLength(0);
});

test.each([
  ["between two polls", processing(1)],
  ["during a poll", () => new Promise<never>(() => undefined)],
])("an abort ends the wait at once: %s", async (_when, step) => {
  const { pikzels } = stubClient([step]);
  const controller = new AbortController();
  const reason = new Error("enough");
  const call = pikzels.pikzonalities.waitUntilReady(ID, { signal: controller.signal });
  const aborted = expect(call).rejects.toBe(reason);
  await vi.advanceTimersByTimeAsync(100);
  controller.abort(reason);
  await aborted;
});

test("an error thrown by onProgress rejects the wait", async () => {
  const { pikzels } = stubClient([processing(1)]);
  const onProgress = () => {
    throw new Error("no progress bar");
  };
  const call = pikzels.pikzonalities.waitUntilReady(ID, { onProgress });
  await expect(call).rejects.toThrow("no progress bar");
});

test("the wait goes on if an asynchronous onProgress rejects", async () => {
  const { pikzels } = stubClient([processing(1), json(READY)]);
  const onProgress = () => Promise.reject(new Error("no progress bar")) as never;
  const call = pikzels.pikzonalities.waitUntilReady(ID, { onProgress });
  await vi.advanceTimersByTimeAsync(10_000);
  await expect(call).resolves.toMatchObject({ status: "completed" });
});

test.each([{ portrait_url: null }, { reference: null }])(
  "a completed resource without its images is an unexpected response: %j",
  async (lack) => {
    const { pikzels } = stubClient([json({ ...READY, ...lack })]);
    const call = pikzels.pikzonalities.waitUntilReady(ID);
    await expect(call).rejects.toMatchObject({
      name: "PikzelsUnexpectedResponseError",
      status: 200,
      outcome: "unknown",
      operation: { method: "GET", path: `/v2/pikzonality/${ID}` },
      message: expect.stringMatching(
        /^GET .*completed, but without (portrait_url|reference)\./,
      ) as string,
    });
  },
);
