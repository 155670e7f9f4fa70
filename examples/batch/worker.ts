import { mkdir } from "node:fs/promises";
import { hostname } from "node:os";
import { WaitingError, Worker } from "bullmq";
import { createPikzels } from "pikzels-client";
import { createRedisLimiter } from "pikzels-client/redis";
import { runCommand } from "../../scripts/lib/command.js";
import { doJob } from "./do-job.js";
import type { BatchJob } from "./job.js";
import { countOf, sharedOptions } from "./options.js";
import { connect, queueName } from "./queue.js";
import { openRecords, type JobRecord } from "./records.js";

await runCommand({
  name: "npx tsx examples/batch/worker.ts",
  summary:
    "Does the jobs of a batch, until it is told to stop (SIGTERM, Ctrl-C). Start as many as you like, on as many machines as you like.",
  options: {
    redis: {
      type: "string",
      value: "URL",
      default: "redis://localhost:6379",
      help: "the Redis of the batch",
    },
    ...sharedOptions,
  },
  exitCodes: { 0: "stopped, with nothing in its hands", 2: "bad options" },
  run: async (options) => {
    const limit = countOf("limit", options.limit, 1);
    const leaseMs = countOf("lease-ms", options["lease-ms"], 1);
    await mkdir(options.out, { recursive: true });

    const stop = new AbortController();
    const redis = connect(options.redis);
    const name = `${hostname()}:${process.pid}`;
    try {
      const tools = {
        // Slots are taken before the client is called, so the client's own limit must not get in
        // the way.
        pikzels: createPikzels({ concurrency: limit }),
        limiter: createRedisLimiter({ redis, key: `batch:${options.batch}`, limit, leaseMs }),
        records: openRecords(redis, options.batch, name),
        folder: options.out,
        signal: stop.signal,
      };
      const worker = new Worker<BatchJob, JobRecord | undefined>(
        queueName(options.batch),
        async (job, token) => {
          try {
            return await doJob(job.data, tools);
          } catch (error) {
            if (error !== stop.signal.reason) throw error;
            await job.moveToWait(token);
            throw new WaitingError();
          }
        },
        {
          connection: redis,
          // Twice the limit: while some jobs wait for a slot or save their pictures, the slots stay
          // in use.
          concurrency: 2 * limit,
          lockDuration: leaseMs,
          stalledInterval: leaseMs,
          // A worker may die during a job any number of times: the records keep it from being paid
          // twice.
          maxStalledCount: Number.MAX_SAFE_INTEGER,
        },
      );
      worker.on("error", (error) => {
        console.error(`${name}: ${error.message}`);
      });

      await toldToStop();
      stop.abort(new Error("the worker is shutting down"));
      // Wait for requests in flight: abandoning one would not un-bill it.
      await worker.close();
      // The IPC channel to the run that started this process would keep it alive.
      if (process.connected) process.disconnect();
    } finally {
      // Every command has been answered by now; `quit` would wait for a Redis that is away.
      redis.disconnect();
    }
    return 0;
  },
});

async function toldToStop(): Promise<void> {
  await new Promise((resolve) => {
    process.once("SIGTERM", resolve).once("SIGINT", resolve);
    // If a run started this worker, it exits with the run.
    process.once("disconnect", resolve);
  });
}
