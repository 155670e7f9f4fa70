import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { startEmulator, type Emulator } from "pikzels-client/emulator";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { startRedisServer, type RedisServer } from "../../scripts/lib/redis-server.js";
import { describeWithRedis } from "../support/redis-server.js";
import { sampleApiArguments } from "../support/sample-api-process.js";
import type { Told } from "./calling-process.js";

const leaseMs = 3_000;
// The dead process renewed its leases at most this long ago; the rest allows for a busy machine.
const backWithinMs = leaseMs + 1_500;

interface Caller {
  process: ChildProcess;
  sent: number;
  done: number;
  failures: string[];
}

let redis: RedisServer;
let emulator: Emulator;
let callers: Caller[];

beforeEach(async () => {
  redis = await startRedisServer();
  // The server itself would accept many more: only the limiter keeps the limit.
  emulator = await startEmulator({ maxInFlight: 1_000, processingMs: 300 });
  callers = [1, 2, 3].map(startCaller);
});

afterEach(async () => {
  for (const caller of callers) caller.process.kill("SIGKILL");
  await emulator.close();
  await redis.stop();
});

function startCaller(): Caller {
  const process = fork(
    fileURLToPath(new URL("./calling-process.ts", import.meta.url)),
    [redis.address, emulator.url, String(leaseMs)],
    { execArgv: sampleApiArguments },
  );
  const caller: Caller = { process, sent: 0, done: 0, failures: [] };
  process.on("message", (told: Told) => {
    if ("failed" in told) caller.failures.push(told.failed);
    else Object.assign(caller, told);
  });
  return caller;
}

describeWithRedis("three processes that share a limit of 10", () => {
  it(
    "never have more in flight, and regain full throughput one lease after one is killed",
    { timeout: 120_000 },
    async () => {
      const [first, second, third] = callers as [Caller, Caller, Caller];
      await vi.waitFor(
        () => {
          expect(callers.flatMap((caller) => caller.failures)).toEqual([]);
          for (const caller of callers) expect(caller.done).toBeGreaterThan(3);
          expect(emulator.stats.inFlight).toBe(10);
          expect(third.sent - third.done).toBeGreaterThan(0);
        },
        { timeout: 60_000, interval: 1 },
      );

      const exited = once(third.process, "exit");
      third.process.kill("SIGKILL");
      await exited;
      const doneAtDeath = first.done + second.done;

      // The slots of the dead process become free when their leases end, not before and not later.
      await vi.waitFor(
        () => {
          expect(emulator.stats.inFlight).toBe(10);
        },
        { timeout: backWithinMs, interval: 1 },
      );
      expect(emulator.stats.maxInFlight).toBe(10);

      const survivors = [first, second];
      const ends = survivors.map((caller) => once(caller.process, "exit"));
      for (const caller of survivors) caller.process.send("stop");
      expect(await Promise.all(ends)).toEqual([
        [0, null],
        [0, null],
      ]);

      expect(callers.flatMap((caller) => caller.failures)).toEqual([]);
      for (const caller of survivors) expect(caller.done).toBe(caller.sent);
      expect(first.done + second.done).toBeGreaterThan(doneAtDeath);
      expect(emulator.stats.maxInFlight).toBe(10);
      // Every call was paid for once; of the dead process's last calls, some may not have arrived.
      const charges = emulator.ledger.charges.length;
      expect(charges).toBeGreaterThanOrEqual(first.sent + second.sent + third.done);
      expect(charges).toBeLessThanOrEqual(first.sent + second.sent + third.sent + 10);
    },
  );
});
