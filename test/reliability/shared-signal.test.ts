import { getEventListeners } from "node:events";
import type { RequestListener } from "node:http";
import { Redis } from "ioredis";
import { type PikzelsOptions } from "pikzels-client";
import { createRedisLimiter } from "pikzels-client/redis";
import { describe, expect, onTestFinished, test } from "vitest";
import { startRedisServer } from "../../scripts/lib/redis-server.js";
import { SAMPLES } from "../support/images.js";
import { watchListenerLeaks } from "../support/listener-leaks.js";
import { serve } from "../support/loopback.js";
import { describeWithRedis } from "../support/redis-server.js";
import { createPikzels, type Pikzels } from "../support/client.js";

const CALLS = 50;
const id = "18b2ad5e-2a9e-4d3f-b9a8-9f2a1e0b1234";
const ready = { id, status: "completed", progress: 100, portrait_url: "", reference: [] };

/** A service that answers only when told to. */
async function startService() {
  const held: (() => void)[] = [];
  let isOpen = false;
  const listener: RequestListener = (request, response) => {
    const answer = () => {
      if (request.url?.endsWith(".png")) response.end(SAMPLES["image/png"]);
      else response.setHeader("content-type", "application/json").end(JSON.stringify(ready));
    };
    if (isOpen) answer();
    else held.push(answer);
  };
  const { url } = await serve(listener);
  return {
    url,
    held,
    open: () => {
      isOpen = true;
      for (const answer of held.splice(0)) answer();
    },
  };
}
type Service = Awaited<ReturnType<typeof startService>>;

/** Shares a signal among this many calls: once they all succeed, once they are aborted midway. */
async function share(
  { open, held }: Service,
  call: (signal: AbortSignal) => Promise<unknown>,
): Promise<void> {
  const { leaks } = watchListenerLeaks();
  const calls = (signal: AbortSignal) =>
    Promise.allSettled(Array.from({ length: CALLS }, () => call(signal)));
  const listeners = () => getEventListeners(controller.signal, "abort").length;

  let controller = new AbortController();
  const aborted = calls(controller.signal);
  await expect.poll(() => held.length, { timeout: 15_000, interval: 5 }).toBeGreaterThan(0);
  expect(listeners()).toBe(1);
  const reason = new Error("the user has left");
  controller.abort(reason);
  expect(await aborted).toEqual(Array(CALLS).fill({ status: "rejected", reason }));
  expect(listeners()).toBe(0);

  controller = new AbortController();
  const answered = calls(controller.signal);
  expect(listeners()).toBe(1);
  open();
  expect(new Set((await answered).map(({ status }) => status))).toEqual(new Set(["fulfilled"]));
  expect(listeners()).toBe(0);
  expect(await leaks()).toEqual([]);
}

const clientOf = ({ url }: Service, options?: PikzelsOptions) =>
  createPikzels({ apiKey: "pkz_test", baseUrl: url, ...options });

test("the watch of these tests notices listeners that pile up", async () => {
  const { leaks } = watchListenerLeaks();
  const { signal } = new AbortController();
  for (let count = 0; count < 11; count++) signal.addEventListener("abort", () => count);
  expect(await leaks()).toHaveLength(1);
});

describe(`one signal for ${CALLS} calls gets one listener, keeps none, and causes no warning`, () => {
  test.each<[string, (pikzels: Pikzels, signal: AbortSignal, url: string) => Promise<unknown>]>([
    ["that queue", (pikzels, signal) => pikzels.pikzonalities.get(id, { signal })],
    [
      "of api",
      ({ api }, signal) => api.GET("/v2/pikzonality/{id}", { params: { path: { id } }, signal }),
    ],
    ["that download", (pikzels, signal, url) => pikzels.download(`${url}/1.png`, { signal })],
    [
      "that wait until a style is ready",
      (pikzels, signal) => pikzels.pikzonalities.waitUntilReady(id, { signal }),
    ],
  ])("%s", async (_what, call) => {
    const service = await startService();
    const pikzels = clientOf(service);
    await share(service, (signal) => call(pikzels, signal, service.url));
  });

  test("that are all in flight", async () => {
    const service = await startService();
    const pikzels = clientOf(service, { concurrency: CALLS });
    await share(service, (signal) => pikzels.pikzonalities.get(id, { signal }));
  });
});

describeWithRedis("a signal shared through a limit in Redis gets one listener, too", () => {
  test("in calls, and in direct requests for slots", async () => {
    const server = await startRedisServer();
    const redis = new Redis(server.address);
    onTestFinished(async () => {
      redis.disconnect();
      await server.stop();
    });
    const limiter = createRedisLimiter({ redis, limit: 10, pollMs: 2 });
    const service = await startService();
    const pikzels = clientOf(service, { concurrency: limiter });
    await share(service, (signal) => pikzels.pikzonalities.get(id, { signal }));

    const { leaks } = watchListenerLeaks();
    const { signal } = new AbortController();
    const leases = Array.from({ length: CALLS }, async () => {
      const lease = await limiter.acquire(signal);
      await lease.release();
    });
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    await Promise.all(leases);
    expect(getEventListeners(signal, "abort")).toEqual([]);
    expect(await leaks()).toEqual([]);
  });
});
