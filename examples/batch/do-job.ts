import { isPikzelsError, type Pikzels } from "pikzels-client";
import type { RedisLimiter } from "pikzels-client/redis";
import {
  costOfRow,
  readersBeside,
  saveRow,
  sendRow,
  type JobContext,
} from "../../src/cli/batch/job.js";
import { judge } from "../../src/cli/batch/judge.js";
import { fileName } from "../../src/cli/batch/output-names.js";
import { rowOf, type BatchJob } from "./job.js";
import { isFinal, type JobRecord, type Records } from "./records.js";

export interface Tools {
  pikzels: Pikzels;
  /** Bounds the paid calls of all workers together. */
  limiter: RedisLimiter;
  records: Records;
  /** The folder for pictures. */
  folder: string;
  /** Aborts when this worker shuts down: what has not been sent yet is then left to others. */
  signal: AbortSignal;
}

/** What was sent is waited for, also by a worker that shuts down: to give up on it would not un-bill it. */
const never = new AbortController().signal;

/**
 * Does one job, from wherever an earlier worker has left it, and never pays for it twice. Rejects if it may
 * be tried again.
 */
export async function doJob(job: BatchJob, tools: Tools): Promise<JobRecord | undefined> {
  const { pikzels, records, folder } = tools;
  const context = { pikzels, records, folder, readers: readersBeside(job.file), signal: never };
  const known = await records.read(job.id);
  if (isFinal(known)) return known;
  if (known?.state === "sending") await markUnknown(job, known, records);
  else if (known?.state === "answered") await saveRow(job.id, known, context);
  else await pay(job, context, tools);
  return records.read(job.id);
}

/** The hard case: without an idempotency key in the API, nobody but its operator knows the outcome. */
function markUnknown({ id }: BatchJob, { worker, at }: JobRecord, records: Records): Promise<void> {
  const reason = `${worker} ended after ${at} without writing down what became of the request`;
  return records.add(id, { state: "unknown", reason });
}

async function pay(job: BatchJob, context: JobContext, tools: Tools): Promise<void> {
  // The slot before the record: a job that waits for its turn when the worker dies has sent nothing, and
  // leaves nothing to be reviewed.
  const lease = await tools.limiter.acquire(tools.signal);
  let paid;
  try {
    paid = await sendRow(job.id, rowOf(job), () => fileName(job.id), context);
  } catch (error) {
    await noteFailure(job, error, tools);
  } finally {
    await lease.release();
  }
  if (paid) await saveRow(job.id, paid, context);
}

/** Writes down the end of a job; rethrows what may not come again. */
async function noteFailure(
  job: BatchJob,
  error: unknown,
  { records, limiter }: Tools,
): Promise<void> {
  const { state, reason, requestId, isOwn, isFault } = judge(error);
  if (isFault) throw error;
  if (state === "unknown") {
    await records.add(job.id, { state, reason, ...(requestId !== undefined && { requestId }) });
  } else if (isOwn) {
    await records.add(job.id, { state: "failed", reason, cost: costOfRow(rowOf(job)) });
  } else {
    if (isPikzelsError(error) && error.name === "PikzelsApiError" && error.status === 429) {
      limiter.pause(error.retryAfterMs ?? 1_000);
    }
    await records.remove(job.id);
    throw error;
  }
}
