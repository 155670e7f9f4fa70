import { getEventListeners } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { createPikzels } from "pikzels-client";
import { startEmulator, type Emulator, type Provocation } from "pikzels-client/emulator";
import { createRedisLimiter } from "pikzels-client/redis";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { ThumbnailJob } from "../../examples/batch/job.js";
import { makeThumbnail, type Tools } from "../../examples/batch/make-thumbnail.js";
import { openRecords } from "../../examples/batch/records.js";
import { startRedisServer, type RedisServer } from "../../scripts/lib/redis-server.js";
import { watchListenerLeaks } from "../support/listener-leaks.js";
import { describeWithRedis } from "../support/redis-server.js";

const dayMs = 24 * 60 * 60 * 1000;
const job: ThumbnailJob = {
  id: "job-a",
  body: { prompt: "A lighthouse in a storm", model: "pkz_3", format: "16:9" },
};

let server: RedisServer;
let redis: Redis;
let emulator: Emulator;
let tools: Tools;

beforeAll(async () => {
  server = await startRedisServer();
  redis = new Redis(server.address);
});

afterAll(async () => {
  await redis.quit();
  await server.stop();
});

beforeEach(async () => {
  await redis.flushall();
  emulator = await startEmulator();
  tools = {
    // Without the client's own retries, each test sees what the job makes of one failure.
    pikzels: createPikzels({ apiKey: "pkz_test", baseUrl: emulator.url, maxRetries: 0 }),
    limiter: createRedisLimiter({ redis, limit: 2, pollMs: 5 }),
    records: openRecords(redis, "test"),
    folder: await mkdtemp(join(tmpdir(), "pikzels-batch-")),
    worker: "this-worker",
    signal: new AbortController().signal,
  };
});

afterEach(async () => {
  await emulator.close();
  await rm(tools.folder, { recursive: true });
});

const charges = () => emulator.ledger.charges.length;
const sent = () => emulator.stats.byMethod["POST"] ?? 0;
const record = () => tools.records.read(job.id);
const slotsTaken = () => redis.zcard("semaphore:pikzels-client");

/** A worker that paid and died before it could save. */
async function leavePaid(): Promise<void> {
  const { output, request_id: requestId } = await tools.pikzels.thumbnails.fromText(job.body);
  await tools.records.write(job.id, {
    state: "paid",
    at: new Date().toISOString(),
    output,
    requestId,
  });
}

describeWithRedis("a job of the batch", () => {
  it("is paid once, saved, and written down", async () => {
    const settled = await makeThumbnail(job, tools);

    expect(settled).toMatchObject({ state: "saved", file: join(tools.folder, "job-a.png") });
    expect(await record()).toEqual(settled);
    expect(await readdir(tools.folder)).toEqual(["job-a.png"]);
    expect({ charges: charges(), slots: await slotsTaken() }).toEqual({ charges: 1, slots: 0 });
  });

  it.each(["saved", "refused", "review"] as const)("is left alone when it is %s", async (state) => {
    const known = { state, at: "2026-01-01", file: "x.png", requestId: "r", reason: "because" };
    await tools.records.write(job.id, known);

    expect(await makeThumbnail(job, tools)).toEqual(known);

    expect(sent()).toBe(0);
  });

  it("is not sent if a worker died while sending it: it goes to review with what is known", async () => {
    await tools.records.openIntent(job.id, "the-dead-worker");

    expect(await makeThumbnail(job, tools)).toMatchObject({
      state: "review",
      reason: expect.stringMatching(/^the-dead-worker ended after 20\d\d-/) as string,
    });

    expect(sent()).toBe(0);
  });

  it("is only saved if a worker died after paying", async () => {
    await leavePaid();

    expect(await makeThumbnail(job, tools)).toMatchObject({ state: "saved" });

    expect({ charges: charges(), sent: sent() }).toEqual({ charges: 1, sent: 1 });
  });

  it("is sent by one of two workers that got it at the same time", async () => {
    const results = await Promise.allSettled([
      makeThumbnail(job, tools),
      makeThumbnail(job, { ...tools, worker: "the-other" }),
    ]);

    expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect({ charges: charges(), state: (await record())?.state }).toEqual({
      charges: 1,
      state: "saved",
    });
  });

  it("leaves no intent behind when the worker shuts down while it waits for a slot", async () => {
    const held = [await tools.limiter.acquire(), await tools.limiter.acquire()];
    const stop = new AbortController();
    const waiting = makeThumbnail(job, { ...tools, signal: stop.signal });

    stop.abort(new Error("shutting down"));

    await expect(waiting).rejects.toBe(stop.signal.reason);
    expect({ record: await record(), sent: sent() }).toEqual({ record: undefined, sent: 0 });
    for (const lease of held) await lease.release();
  });
});

describeWithRedis("many jobs", () => {
  it("share the signal of their worker without piling up listeners on it", async () => {
    const { leaks } = watchListenerLeaks();
    const held = [await tools.limiter.acquire(), await tools.limiter.acquire()];
    const listeners = () => getEventListeners(tools.signal, "abort").length;

    const jobs = Array.from({ length: 50 }, (_, n) => makeThumbnail({ ...job, id: `${n}` }, tools));
    await vi.waitFor(() => {
      expect(listeners()).toBe(1);
    });
    for (const lease of held) await lease.release();
    const settled = await Promise.all(jobs);

    expect(new Set(settled.map(({ state }) => state))).toEqual(new Set(["saved"]));
    expect(listeners()).toBe(0);
    expect(await leaks()).toEqual([]);
  });
});

describeWithRedis("a failure", () => {
  it.each<[string, Provocation, number]>([
    ["a reset connection", { fault: "reset", when: "after" }, 1],
    ["an unreadable answer", { fault: "malformed-json" }, 1],
    ["a bad gateway", { fault: "html" }, 0],
    ["an internal error", { code: "INTERNAL_ERROR" }, 0],
  ])(
    "of unknown outcome (%s) goes to review and is never sent again",
    async (_what, fault, paid) => {
      emulator.provoke(fault);

      expect(await makeThumbnail(job, tools)).toMatchObject({ state: "review" });
      expect(await makeThumbnail(job, tools)).toMatchObject({ state: "review" });

      expect({ sent: sent(), charges: charges() }).toEqual({ sent: 1, charges: paid });
      expect(await slotsTaken()).toBe(0);
    },
  );

  it.each<[string, Provocation]>([
    ["too many requests", { code: "TOO_MANY_REQUESTS" }],
    ["maintenance", { code: "SERVICE_UNDER_MAINTENANCE" }],
  ])("that passes (%s) leaves the job open, and it is done later", async (_what, fault) => {
    emulator.provoke(fault);

    await expect(makeThumbnail(job, tools)).rejects.toMatchObject({ outcome: "rejected" });
    expect(await record()).toBeUndefined();

    expect(await makeThumbnail(job, tools)).toMatchObject({ state: "saved" });
    expect(charges()).toBe(1);
  });

  it("of a server that cannot be reached leaves the job open", async () => {
    await emulator.close();

    await expect(makeThumbnail(job, tools)).rejects.toMatchObject({ outcome: "not-sent" });

    expect(await record()).toBeUndefined();
  });

  it("of the job itself ends it, unpaid", async () => {
    const bad = { ...job, body: { ...job.body, prompt: "see http://example.com" } };

    expect(await makeThumbnail(bad, tools)).toMatchObject({
      state: "refused",
      reason: expect.stringContaining("VALIDATION_ERROR") as string,
    });

    expect(charges()).toBe(0);
  });

  it("slows all workers down when the API says it is too much", async () => {
    emulator.provoke({ code: "TOO_MANY_REQUESTS", retryAfter: 30 });

    await expect(makeThumbnail(job, tools)).rejects.toMatchObject({ retryAfterMs: 30_000 });

    await vi.waitFor(async () => {
      expect(await redis.pttl("semaphore:pikzels-client:paused")).toBeGreaterThan(20_000);
    });
  });

  it("to save leaves the job paid, and it is saved later without paying again", async () => {
    await leavePaid();

    await expect(makeThumbnail(job, { ...tools, folder: "/dev/null" })).rejects.toThrow();
    expect(await record()).toMatchObject({ state: "paid" });

    expect(await makeThumbnail(job, tools)).toMatchObject({ state: "saved" });
    expect(charges()).toBe(1);
  });

  it("to save within 24 hours goes to review: it is paid and gone", async () => {
    await leavePaid();
    emulator.advance(dayMs + 1);

    expect(await makeThumbnail(job, tools)).toMatchObject({
      state: "review",
      reason: expect.stringContaining("paid, but not saved") as string,
    });
  });
});
