import { operations, type PikzonalitiesGetResponse } from "../generated/operations.js";
import {
  PikzelsTimeoutError,
  PikzelsTrainingError,
  PikzelsUnexpectedResponseError,
  type OperationReference,
} from "./errors/classes.js";
import type { OperationCall } from "./operation.js";
import { checkMs } from "./validate.js";
import { fillPath } from "./request-path.js";
import { mayRetry, retryAfterOf } from "../transport/retry.js";
import { delay, withTimeout } from "../transport/abort.js";

/** A persona or style that is ready to be used. */
export type ReadyPikzonality = PikzonalitiesGetResponse & {
  status: "completed";
  portrait_url: string;
  reference: string[];
};

/** What `waitUntilReady` takes besides the id. */
export interface WaitOptions {
  /** Aborts the waiting at any moment; it rejects with the signal's `reason`. */
  signal?: AbortSignal | undefined;
  /** Milliseconds to wait at most. @default 1_800_000 (half an hour) */
  timeoutMs?: number | undefined;
  /** Milliseconds between two polls, give or take a fifth. @default 5000 */
  intervalMs?: number | undefined;
  /** Told of the progress, from 0 to 100, whenever it has changed. */
  onProgress?: ((percent: number) => void) | undefined;
}

/** How many polls in a row may fail, each after its own retries, before the waiting is given up. */
const MAX_FAILURES = 5;

type Get = OperationCall<"get_v2_pikzonality_id">;

/** Polls until it is ready or has failed. */
export async function waitUntilReady(
  get: Get,
  id: string,
  options: WaitOptions,
): Promise<ReadyPikzonality> {
  const { method, path: template } = operations.get_v2_pikzonality_id;
  const operation = { method, path: fillPath(template, () => id) };
  const ms = checkMs("timeoutMs", options.timeoutMs) ?? 1_800_000;
  const intervalMs = checkMs("intervalMs", options.intervalMs) ?? 5000;
  const poll = createPoll(get, id);
  let percent: number | undefined;

  const onTimeout = () =>
    new PikzelsTimeoutError(
      `${method} ${operation.path}: not ready after ${ms} ms (${percent ?? 0} %). Wait again.`,
      { operation, outcome: "unknown" },
    );

  return withTimeout({ signal: options.signal, ms, onTimeout }, async (signal) => {
    for (;;) {
      const { seen, retryAfterMs = 0 } = await poll(signal);
      if (seen && percentOf(seen) !== percent) {
        percent = percentOf(seen);
        options.onProgress?.(percent);
      }
      if (seen?.status === "completed") return ready(seen, operation);
      if (seen?.status === "failed") throw trainingError(seen, operation);
      await delay(Math.max(retryAfterMs, jittered(intervalMs)), signal);
    }
  });
}

interface Poll {
  seen?: PikzonalitiesGetResponse;
  retryAfterMs?: number | undefined;
}

/** Makes the function that reads the present state; it passes over failures that do not last. */
function createPoll(get: Get, id: string): (signal: AbortSignal) => Promise<Poll> {
  let failures = 0;
  return async (signal) => {
    try {
      const seen = await get(id, { signal });
      failures = 0;
      return { seen };
    } catch (error) {
      if (!mayRetry("GET", error) || ++failures === MAX_FAILURES) throw error;
      return { retryAfterMs: retryAfterOf(error) };
    }
  };
}

function percentOf({ status, progress = 0 }: PikzonalitiesGetResponse): number {
  return status === "completed" ? 100 : Math.min(100, Math.max(0, progress));
}

/** Give or take a fifth, so that many who began together do not poll together. */
function jittered(ms: number): number {
  return ms * (0.8 + 0.4 * Math.random());
}

function ready(seen: PikzonalitiesGetResponse, operation: OperationReference): ReadyPikzonality {
  if (isReady(seen)) return seen;
  throw new PikzelsUnexpectedResponseError(
    `${operation.method} ${operation.path}: completed, but without portrait_url or reference.`,
    { operation, outcome: "unknown", status: 200 },
  );
}

function isReady(seen: PikzonalitiesGetResponse): seen is ReadyPikzonality {
  return typeof seen.portrait_url === "string" && Array.isArray(seen.reference);
}

function trainingError(seen: PikzonalitiesGetResponse, operation: OperationReference) {
  return new PikzelsTrainingError(
    `${operation.method} ${operation.path}: the training failed. Delete it and create another.`,
    { operation, outcome: "rejected", pikzonality: seen },
  );
}
