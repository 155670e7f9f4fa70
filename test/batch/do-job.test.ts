import { getEventListeners } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { startEmulator, type Emulator, type Provocation } from "pikzels-client/emulator";
import { createRedisLimiter } from "pikzels-client/redis";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { doJob, type Tools } from "../../examples/batch/do-job.js";
import type { BatchJob } from "../../examples/batch/job.js";
import { openRecords } from "../../examples/batch/records.js";
import { startRedisServer, type RedisServer } from "../../scripts/lib/redis-server.js";
import { createPikzels, type Pikzels } from "../support/client.js";
import { watchListenerLeaks } from "../support/listener-leaks.js";
import { describeWithRedis } from "../support/redis-server.js";

const dayMs = 24 * 60 * 60 * 1000;
const body = { prompt: "A lighthouse in a storm", model: "pkz_3", format: "16:9" } as const;
const job: BatchJob = {
  id: "job-a",
  file: "jobs.ndjson",
  line: 1,
  fingerprint: "0123456789abcdef",
  operation: "thumbnails.fromText",
  values: body,
};

let server: RedisServer;
let redis: Redis;
let emulator: Emulator;
let pikzels: Pikzels;
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
  // Without the client's own retries, each test sees how the job handles a single failure.
  pikzels = createPikzels({ apiKey: "pkz_test", baseUrl: emulator.url, maxRetries: 0 });
  tools = {
    pikzels: pikzels as unknown as Tools["pikzels"],
    limiter: createRedisLimiter({ redis, limit: 2, pollMs: 5 }),
    records: openRecords(redis, "test", "this-worker"),
    folder: await mkdtemp(join(tmpdir(), "pikzels-batch-")),
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

/** Leaves the state of a worker that paid and died before it could save. */
async function leavePaid(): Promise<void> {
  const answer = await pikzels.thumbnails.fromText(body);
  await tools.records.add(job.id, { state: "answered", answer, name: job.id });
}

/** Leaves the state of a worker that died while its request was under way. */
async function leaveSending(): Promise<void> {
  const { line, operation, fingerprint } = job;
  const cost = { low: 0, high: 0 };
  const dead = openRecords(redis, "test", "the-dead-worker");
  await dead.add(job.id, { state: "sending", line, operation, fingerprint, cost });
}

describeWithRedis("a job of the batch", () => {
  it("is paid for once, saved and recorded", async () => {
    const ended = await doJob(job, tools);

    expect(ended).toMatchObject({ state: "done", files: ["job-a.png"] });
    expect(await record()).toEqual(ended);
    expect(await readdir(tools.folder)).toEqual(["job-a.png"]);
    expect({ charges: charges(), slots: await slotsTaken() }).toEqual({ charges: 1, slots: 0 });
  });

  it.each([
    { state: "done", answer: {}, files: ["x.png"] },
    { state: "unknown", reason: "because" },
    { state: "lost", answer: {}, reason: "because" },
  ] as const)("is left alone when it is $state", async (known) => {
    await tools.records.add(job.id, known);

    expect(await doJob(job, tools)).toMatchObject(known);

    expect(sent()).toBe(0);
  });

  it("goes to review with its last record, unsent, if a worker died while sending it", async () => {
    await leaveSending();

    expect(await doJob(job, tools)).toMatchObject({
      state: "unknown",
      reason: expect.stringMatching(/^the-dead-worker ended after 20\d\d-/) as string,
    });

    expect(sent()).toBe(0);
  });

  it("is only saved if a worker died after paying", async () => {
    await leavePaid();

    expect(await doJob(job, tools)).toMatchObject({ state: "done" });

    expect({ charges: charges(), sent: sent() }).toEqual({ charges: 1, sent: 1 });
  });

  it("is sent by only one of two workers that got it at the same time", async () => {
    const results = await Promise.allSettled([
      doJob(job, tools),
      doJob(job, { ...tools, records: openRecords(redis, "test", "the-other") }),
    ]);

    expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect({ charges: charges(), state: (await record())?.state }).toEqual({
      charges: 1,
      state: "done",
    });
  });

  it("leaves no record behind if the worker shuts down while it waits for a slot", async () => {
    const held = [await tools.limiter.acquire(), await tools.limiter.acquire()];
    const stop = new AbortController();
    const waiting = doJob(job, { ...tools, signal: stop.signal });

    stop.abort(new Error("shutting down"));

    await expect(waiting).rejects.toBe(stop.signal.reason);
    expect({ record: await record(), sent: sent() }).toEqual({ record: undefined, sent: 0 });
    for (const lease of held) await lease.release();
  });
});

describeWithRedis("many jobs", () => {
  it("share the signal of their worker without adding a listener each", async () => {
    const { leaks } = watchListenerLeaks();
    const held = [await tools.limiter.acquire(), await tools.limiter.acquire()];
    const listeners = () => getEventListeners(tools.signal, "abort").length;

    const jobs = Array.from({ length: 50 }, (_, n) => doJob({ ...job, id: `${n}` }, tools));
    await vi.waitFor(() => {
      expect(listeners()).toBe(1);
    });
    for (const lease of held) await lease.release();
    const ended = await Promise.all(jobs);

    expect(new Set(ended.map((each) => each?.state))).toEqual(new Set(["done"]));
    expect(listeners()).toBe(0);
    expect(await leaks()).toEqual([]);
  });
});

describeWithRedis("a failure", () => {
  it.each<[string, Provocation, number]>([
    ["a reset connection", { fault: "reset", when: "after" }, 1],
    ["an unreadable response", { fault: "malformed-json" }, 1],
    ["a bad gateway", { fault: "html" }, 0],
    ["an internal error", { code: "INTERNAL_ERROR" }, 0],
  ])(
    "of unknown outcome (%s) goes to review and is never sent again",
    async (_what, fault, paid) => {
      emulator.provoke(fault);

      expect(await doJob(job, tools)).toMatchObject({ state: "unknown" });
      expect(await doJob(job, tools)).toMatchObject({ state: "unknown" });

      expect({ sent: sent(), charges: charges() }).toEqual({ sent: 1, charges: paid });
      expect(await slotsTaken()).toBe(0);
    },
  );

  it.each<[string, Provocation]>([
    ["too many requests", { code: "TOO_MANY_REQUESTS" }],
    ["maintenance", { code: "SERVICE_UNDER_MAINTENANCE" }],
  ])("that is temporary (%s) leaves the job open, to be done later", async (_what, fault) => {
    emulator.provoke(fault);

    await expect(doJob(job, tools)).rejects.toMatchObject({ outcome: "rejected" });
    expect(await record()).toBeUndefined();

    expect(await doJob(job, tools)).toMatchObject({ state: "done" });
    expect(charges()).toBe(1);
  });

  it("of a server that cannot be reached leaves the job open", async () => {
    await emulator.close();

    await expect(doJob(job, tools)).rejects.toMatchObject({ outcome: "not-sent" });

    expect(await record()).toBeUndefined();
  });

  it("of the job itself ends it unpaid, and a later run sends its new content", async () => {
    const bad = { ...job, values: { ...body, prompt: "see http://example.com" } };

    expect(await doJob(bad, tools)).toMatchObject({
      state: "failed",
      reason: expect.stringContaining("VALIDATION_ERROR") as string,
    });

    expect(charges()).toBe(0);
    expect(await doJob(job, tools)).toMatchObject({ state: "done" });
  });

  it("with a 429 slows all workers down", async () => {
    emulator.provoke({ code: "TOO_MANY_REQUESTS", retryAfter: 30 });

    await expect(doJob(job, tools)).rejects.toMatchObject({ retryAfterMs: 30_000 });

    await vi.waitFor(async () => {
      expect(await redis.pttl("semaphore:pikzels-client:paused")).toBeGreaterThan(20_000);
    });
  });

  it("to save leaves the job paid for, to be saved later without paying again", async () => {
    await leavePaid();

    await expect(doJob(job, { ...tools, folder: "/dev/null" })).rejects.toThrow();
    expect(await record()).toMatchObject({ state: "answered" });

    expect(await doJob(job, tools)).toMatchObject({ state: "done" });
    expect(charges()).toBe(1);
  });

  it("to save within 24 hours sends the job to review as paid for and lost", async () => {
    await leavePaid();
    emulator.advance(dayMs + 1);

    expect(await doJob(job, tools)).toMatchObject({
      state: "lost",
      reason: expect.stringContaining("expired") as string,
    });
  });
});
