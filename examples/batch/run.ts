import { Queue, QueueEvents } from "bullmq";
import { runCommand } from "../../scripts/lib/command.js";
import { InputError } from "../../scripts/lib/input-error.js";
import { startProgress } from "../../scripts/lib/progress.js";
import { followJobs } from "./follow.js";
import { readJobs, type BatchJob } from "./job.js";
import { countOf, sharedOptions } from "./options.js";
import { connect, jobIdOf, jobOptions, queueName } from "./queue.js";
import { isFinal, openRecords } from "./records.js";
import { setStage, type Stage } from "./rehearsal.js";
import { report } from "./report.js";
import { writeSampleJobs } from "./sample-jobs.js";
import { startWorkers } from "./workers.js";

await runCommand({
  name: "npm run example:batch --",
  summary:
    "Does the jobs of a batch file with several workers, and never pays for one twice. Run it again to go on after it was stopped. By itself it is a rehearsal, against an emulator and a Redis of its own.",
  options: {
    jobs: { type: "string", value: "N", default: "200", help: "how many sample jobs" },
    "jobs-file": {
      type: "string",
      value: "FILE",
      help: "the jobs instead: CSV or NDJSON, as `npx pikzels-client batch` reads them",
    },
    operation: {
      type: "string",
      value: "NAME",
      help: "operation of rows that name none",
    },
    workers: { type: "string", value: "N", default: "3", help: "worker processes on this machine" },
    redis: {
      type: "string",
      value: "URL",
      help: "a Redis that keeps its data; default: one of its own",
    },
    live: { type: "boolean", help: "call the real API, which costs money (PIKZELS_API_KEY)" },
    ...sharedOptions,
    "fault-rate": {
      type: "string",
      value: "0-1",
      default: "0",
      help: "share of calls the emulator lets fail",
    },
    crash: {
      type: "boolean",
      help: "kill a worker in the middle of its work, to see what happens",
    },
  },
  exitCodes: {
    0: "every job is done",
    1: "some are not; the list says why",
    2: "bad options or jobs",
  },
  run: async (options) => {
    const count = countOf("jobs", options.jobs, 1);
    const workers = countOf("workers", options.workers, 0);
    const limit = countOf("limit", options.limit, 1);
    countOf("lease-ms", options["lease-ms"], 1);
    if (options.live && !options.redis)
      throw new InputError("--live needs --redis: without it, what was paid would be forgotten.");

    const faultRate = shareOf(options["fault-rate"]);
    const jobs = await readJobs(
      options["jobs-file"] ?? (await writeSampleJobs(options.out, count)),
      options.operation,
    );
    const stage = await setStage({ ...options, faultRate });
    try {
      const args = ["batch", "out", "limit", "lease-ms"] as const;
      const pool = startWorkers(
        workers,
        [...args.flatMap((name) => [`--${name}`, options[name]]), "--redis", stage.redis],
        stage.environment,
        (message) => {
          console.error(message);
        },
      );
      // In the middle of its work, and with work already done.
      const crashAt = options.crash ? Math.min(limit, Math.ceil(jobs.length / 2)) : undefined;
      try {
        return await makeAll(jobs, options.batch, stage, pool.exhausted, (done) => {
          if (done === crashAt) console.error(`Killing worker ${pool.killOne() ?? "(none)"}.`);
        });
      } finally {
        await pool.stop();
      }
    } finally {
      await stage.close();
    }
  },
});

async function makeAll(
  jobs: BatchJob[],
  batch: string,
  stage: Stage,
  signal: AbortSignal,
  onDone: (done: number) => void,
): Promise<number> {
  const ids = jobs.map((job) => job.id);
  const redis = connect(stage.redis);
  const queue = new Queue<BatchJob>(queueName(batch), { connection: redis });
  const events = new QueueEvents(queueName(batch), { connection: redis });
  const progress = startProgress("Jobs", jobs.length);
  try {
    const records = openRecords(redis, batch, "run");
    // Listen first: an event then reports whatever ends after the records are read.
    await events.waitUntilReady();
    const known = await records.all();
    let done = 0;
    const step = (what: string) => {
      progress.step(what);
      onDone(++done);
    };
    const open = jobs.filter(({ id }) => {
      const record = known.get(id);
      if (record && isFinal(record)) step(`${id} ${record.state} earlier`);
      return !isFinal(record);
    });
    const followed = followJobs(
      open.map((job) => job.id),
      { events, records, signal },
      (id, how) => {
        step(`${id} ${how}`);
      },
    );
    // A job that an earlier run has queued is not queued again: its id is taken.
    await queue.addBulk(
      open.map((job) => ({
        name: job.operation,
        data: job,
        opts: { ...jobOptions, jobId: jobIdOf(job.id) },
      })),
    );
    await followed;

    const { text, complete } = report(ids, await records.all());
    progress.stop();
    console.log(text);
    const charges = stage.charges();
    if (charges !== undefined) console.log(`The emulator has charged ${charges} calls.`);
    return complete ? 0 : 1;
  } finally {
    progress.stop();
    await Promise.all([queue.close(), events.close()]);
    redis.disconnect();
  }
}

function shareOf(text: string): number {
  const share = Number(text);
  if (text.trim() === "" || !(share >= 0 && share <= 1))
    throw new InputError(`--fault-rate must be a number from 0 to 1, not "${text}".`);
  return share;
}
