import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { Redis } from "ioredis";
import { startEmulator, type Emulator } from "pikzels-client/emulator";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openRecords, type JobRecord } from "../../examples/batch/records.js";
import { startRedisServer, type RedisServer } from "../../scripts/lib/redis-server.js";
import { objectAt } from "../../src/openapi/json.js";
import { describeWithRedis } from "../support/redis-server.js";
import { buildBatch } from "./build-batch.js";

const jobCount = 60;
// Several processes start here, which takes a while on a busy machine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 30_000 });

const programOf = buildBatch();

let redisServer: RedisServer;
let redis: Redis;
let emulator: Emulator;
let folder: string;
let started: ChildProcess[];

beforeEach(async () => {
  redisServer = await startRedisServer();
  redis = new Redis(redisServer.address);
  emulator = await startEmulator({ processingMs: 100, maxInFlight: 1_000 });
  folder = await mkdtemp(join(tmpdir(), "pikzels-batch-"));
  started = [];
});

afterEach(async () => {
  for (const child of started) killGroup(child);
  redis.disconnect();
  await emulator.close();
  await redisServer.stop();
  await rm(folder, { recursive: true });
});

/** The command and its workers, in a process group of their own. */
function start(script: "run" | "review", ...args: string[]) {
  const child = spawn(
    process.execPath,
    [programOf(script), "--redis", redisServer.address, ...args],
    {
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, PIKZELS_BASE_URL: emulator.url, PIKZELS_API_KEY: "pkz_test" },
    },
  );
  started.push(child);
  return child;
}

function startRun(...args: string[]) {
  const shared = ["--live", "--out", folder, "--jobs", String(jobCount), "--lease-ms", "2000"];
  return start("run", ...shared, ...args);
}

async function end(child: ReturnType<typeof start>) {
  const [[code], output, errors] = await Promise.all([
    once(child, "exit") as Promise<[number | null]>,
    text(child.stdout),
    text(child.stderr),
  ]);
  // The warning that Node prints if each of the jobs adds a listener to the signal that they share.
  expect(errors).not.toContain("MaxListenersExceededWarning");
  return { code, output };
}

/** Nobody gets to clean up, as in a power cut. */
function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, "SIGKILL");
}

const records = () => openRecords(redis, "batch", "test").all();

/** Every job is done once or listed, and every charge belongs to one of them. */
async function expectNothingLostOrPaidTwice(output: string): Promise<void> {
  const all = [...(await records())];
  const done = all.filter(([, record]) => record.state === "done");
  const unknown = all.filter(([, record]) => record.state === "unknown");
  expect(done.length + unknown.length).toBe(jobCount);
  // A worker that died may have left a file that was incomplete or not recorded yet.
  expect(await readdir(folder)).toEqual(expect.arrayContaining(done.map(([id]) => `${id}.png`)));
  for (const [id] of unknown) expect(output).toContain(`${id}: `);

  const paid = emulator.ledger.charges.map((charge) => charge.requestId);
  expect(new Set(paid).size).toBe(paid.length);
  expect(paid).toEqual(expect.arrayContaining(done.map(([, record]) => requestIdOf(record))));
  // One request for each of these jobs: none was sent before or after.
  expect(emulator.stats.byMethod["POST"]).toBeLessThanOrEqual(jobCount);
  expect(paid.length).toBeLessThanOrEqual(jobCount);
}

function requestIdOf(record: JobRecord): unknown {
  return record.state === "done" ? objectAt(record.answer)["request_id"] : undefined;
}

describeWithRedis("a batch", () => {
  it("goes on when one of its workers is killed in the middle", async () => {
    const { code, output } = await end(startRun("--crash"));

    await expectNothingLostOrPaidTwice(output);
    const isComplete = output.includes(`${jobCount} of ${jobCount} jobs are done.`);
    expect(code).toBe(isComplete ? 0 : 1);
  });

  it("is resumed by the same command after everything was killed", async () => {
    const first = startRun();
    await vi.waitFor(
      () => {
        expect(emulator.ledger.charges.length).toBeGreaterThan(jobCount / 4);
      },
      { timeout: 90_000, interval: 5 },
    );
    killGroup(first);
    await once(first, "exit");
    const chargedAtDeath = emulator.ledger.charges.length;
    expect(chargedAtDeath).toBeLessThan(jobCount);

    const { output } = await end(startRun());

    await expectNothingLostOrPaidTwice(output);
    // Requests under way when everything died are not sent again automatically, but a command lists
    // them.
    const review = [...(await records())].filter(([, record]) => record.state === "unknown");
    const listed = await end(start("review"));
    expect(listed.code).toBe(review.length > 0 ? 1 : 0);
    for (const [id] of review) expect(listed.output).toContain(` ${id}: `);
  });

  it("resends a job on the review list only when a person says so", async () => {
    const reason = "who knows";
    await openRecords(redis, "batch", "test").add("sample-1", { state: "unknown", reason });

    expect((await end(startRun("--jobs", "1"))).code).toBe(1);
    expect(emulator.stats.requests).toBe(0);

    expect((await end(start("review", "--resend", "sample-1"))).code).toBe(0);
    expect((await end(startRun("--jobs", "1"))).code).toBe(0);
    expect(emulator.ledger.charges.length).toBe(1);
  });
});
