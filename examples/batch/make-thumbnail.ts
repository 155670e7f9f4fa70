import { join } from "node:path";
import {
  errorCatalog,
  isKnownErrorCode,
  isPikzelsError,
  PikzelsExpiredError,
  type AnyPikzelsError,
  type Pikzels,
} from "pikzels-client";
import { downloadTo } from "pikzels-client/node";
import type { RedisLimiter } from "pikzels-client/redis";
import type { ThumbnailJob } from "./job.js";
import { isSettled, now, type JobRecord, type Records, type SettledRecord } from "./records.js";

export interface Tools {
  pikzels: Pikzels;
  /** Bounds the paid calls of all workers together. */
  limiter: RedisLimiter;
  records: Records;
  /** Where the thumbnails go. */
  folder: string;
  /** Names this worker in the records. */
  worker: string;
  /** Aborts when this worker shuts down: what has not been sent yet is then left to others. */
  signal: AbortSignal;
}

/**
 * Makes one thumbnail, from wherever an earlier worker has left it, and never pays for it twice.
 * Rejects if it may be tried again.
 */
export async function makeThumbnail(job: ThumbnailJob, tools: Tools): Promise<SettledRecord> {
  const known = await tools.records.read(job.id);
  if (isSettled(known)) return known;
  if (known?.state === "sending") return reviewOpenIntent(job, known, tools);

  const record = known ?? (await pay(job, tools));
  return record.state === "paid" ? save(job, record, tools) : record;
}

type PaidRecord = Extract<JobRecord, { state: "paid" }>;
type SendingRecord = Extract<JobRecord, { state: "sending" }>;

/** The hard case: without an idempotency key in the API, nobody but its operator knows the outcome. */
function reviewOpenIntent(job: ThumbnailJob, { worker, at }: SendingRecord, { records }: Tools) {
  const reason = `${worker} ended after ${at} without writing down what became of the request`;
  return records.write(job.id, { state: "review", at: now(), reason });
}

async function pay(job: ThumbnailJob, tools: Tools): Promise<PaidRecord | SettledRecord> {
  const { pikzels, limiter, records, worker } = tools;
  // The slot before the intent: a job that waits for its turn when the worker dies has sent nothing,
  // and leaves nothing to be reviewed.
  const lease = await limiter.acquire(tools.signal);
  try {
    if (!(await records.openIntent(job.id, worker)))
      throw new Error(`${job.id} is in the hands of another worker`);
    const { output, request_id: requestId } = await pikzels.thumbnails.fromText(job.body);
    return await records.write(job.id, { state: "paid", at: now(), output, requestId });
  } catch (error) {
    if (!isPikzelsError(error)) throw error;
    return await settleFailure(job, error, tools);
  } finally {
    await lease.release();
  }
}

async function settleFailure(
  job: ThumbnailJob,
  error: AnyPikzelsError,
  { records, limiter }: Tools,
): Promise<SettledRecord> {
  const reason = error.message;
  if (error.outcome === "unknown") {
    const id = error.requestId === undefined ? {} : { requestId: error.requestId };
    return records.write(job.id, { state: "review", at: now(), reason, ...id });
  }
  if (!mayWorkLater(error)) return records.write(job.id, { state: "refused", at: now(), reason });

  if (error.name === "PikzelsApiError" && error.status === 429)
    limiter.pause(error.retryAfterMs ?? 1_000);
  await records.remove(job.id);
  throw error;
}

/** For failures that cost nothing. */
function mayWorkLater(error: AnyPikzelsError): boolean {
  if (error.name === "PikzelsInputError") return false;
  if (error.name !== "PikzelsApiError") return true;
  return isKnownErrorCode(error.code) && errorCatalog[error.code].canSucceedLater;
}

async function save(
  job: ThumbnailJob,
  { output, requestId }: PaidRecord,
  { records, folder }: Tools,
): Promise<SettledRecord> {
  try {
    const file = join(folder, `${job.id}.png`);
    await downloadTo(output, file);
    return await records.write(job.id, { state: "saved", at: now(), file, requestId });
  } catch (error) {
    if (!(error instanceof PikzelsExpiredError)) throw error;
    const reason = `paid, but not saved before its address expired: ${error.message}`;
    return records.write(job.id, { state: "review", at: now(), reason, requestId });
  }
}
