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
  /** Limits the paid calls of all workers together. */
  limiter: RedisLimiter;
  records: Records;
  /** The folder that pictures are saved in. */
  folder: string;
  /**
   * Aborts when this worker shuts down: jobs that have not been sent yet are left to other workers.
   */
  signal: AbortSignal;
}

/**
 * Requests in flight are awaited even if the worker shuts down: abandoning one would not un-bill
 * it.
 */
const never = new AbortController().signal;

/**
 * Does one job, from wherever an earlier worker left it, and never pays for it twice. Rejects if
 * the job may be tried again.
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

/** The hard case: the API has no idempotency key, so only its operator knows the outcome. */
function markUnknown({ id }: BatchJob, { worker, at }: JobRecord, records: Records): Promise<void> {
  const reason = `${worker} ended after ${at} without writing down what became of the request`;
  return records.add(id, { state: "unknown", reason });
}

async function pay(job: BatchJob, context: JobContext, tools: Tools): Promise<void> {
  // Take the slot before writing the record: if the worker dies while a job waits for its turn,
  // nothing has been sent and nothing needs a review.
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

/** Records the end of a job; rethrows errors that a retry may avoid. */
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
