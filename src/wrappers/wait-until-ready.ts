import type { AwaitedResource, OperationFacts } from "../generated/operations.js";
import {
  PikzelsTimeoutError,
  PikzelsTrainingError,
  PikzelsUnexpectedResponseError,
  type OperationReference,
} from "./errors/classes.js";
import { checkFunction, checkMs, checkOptions, checkSignal, type Check } from "./validate.js";
import { mayRetry, retryAfterOf } from "../transport/retry.js";
import { delay, ignoreErrors, withTimeout } from "../transport/abort.js";

/** Options of `waitUntilReady`. */
export interface WaitOptions {
  /** Stops waiting at any moment; it rejects with the signal's `reason`. */
  signal?: AbortSignal | undefined;
  /** Milliseconds to wait at most. @default 1_800_000 (half an hour) */
  timeoutMs?: number | undefined;
  /** Milliseconds between two polls, varied by up to a fifth. @default 5000 */
  intervalMs?: number | undefined;
  /** Called with the progress, from 0 to 100, whenever it has changed. */
  onProgress?: ((percent: number) => void) | undefined;
}

const WAIT_OPTIONS = {
  signal: checkSignal,
  timeoutMs: checkMs,
  intervalMs: checkMs,
  onProgress: checkFunction,
} satisfies Record<keyof WaitOptions, Check>;

/** How many polls in a row may fail, each after its own retries, before waiting is given up. */
const MAX_FAILURES = 5;

/** What to wait for. */
export interface AwaitedOperation {
  /** Used in error messages. */
  operation: OperationReference;
  /** Reads the current state. */
  poll: (signal: AbortSignal) => Promise<unknown>;
  /** How the answer says that it is completed or has failed. */
  readiness: NonNullable<OperationFacts["readiness"]>;
}

/** Polls until the resource is ready or has failed. */
export async function waitUntilReady(
  { operation, poll, readiness }: AwaitedOperation,
  options: WaitOptions,
): Promise<unknown> {
  const { method } = operation;
  const {
    signal,
    timeoutMs: ms = 1_800_000,
    intervalMs = 5000,
    onProgress,
  } = checkOptions("waitUntilReady", options, WAIT_OPTIONS);
  const pollPatiently = createPoll(poll);
  let percent: number | undefined;

  const onTimeout = () =>
    new PikzelsTimeoutError(
      `${method} ${operation.path}: not ready after ${ms} ms (${percent ?? 0} %). Wait again.`,
      { operation, outcome: "unknown" },
    );

  return withTimeout({ signal, ms, onTimeout }, async (signal) => {
    for (;;) {
      const { seen, retryAfterMs = 0 } = await pollPatiently(signal);
      if (seen) {
        const status = String((seen as Record<string, unknown>)[readiness.status]);
        const isCompleted = status === readiness.completed;
        const seenPercent = isCompleted ? 100 : percentOf(seen);
        if (seenPercent !== percent) {
          percent = seenPercent;
          const told = onProgress?.(percent) as unknown;
          // An async function may reject, which nobody else would handle.
          void ignoreErrors(() => told);
        }
        if (isCompleted) return ready(seen, readiness.fields, operation);
        if (readiness.failed.includes(status)) throw trainingError(seen, operation);
      }
      await delay(Math.max(retryAfterMs, jittered(intervalMs)), signal);
    }
  });
}

interface Poll {
  seen?: AwaitedResource;
  retryAfterMs?: number | undefined;
}

/** Creates the function that reads the current state; it tolerates temporary failures. */
function createPoll(poll: AwaitedOperation["poll"]): (signal: AbortSignal) => Promise<Poll> {
  let failures = 0;
  return async (signal) => {
    try {
      const seen = (await poll(signal)) as AwaitedResource;
      failures = 0;
      return { seen };
    } catch (error) {
      if (!mayRetry("GET", error) || ++failures === MAX_FAILURES) throw error;
      return { retryAfterMs: retryAfterOf(error) };
    }
  };
}

function percentOf(seen: AwaitedResource): number {
  const { progress } = seen as { progress?: unknown };
  return typeof progress === "number" ? Math.min(100, Math.max(0, progress)) : 0;
}

/** Varied by up to a fifth, so that callers that started together do not poll together. */
function jittered(ms: number): number {
  return ms * (0.8 + 0.4 * Math.random());
}

function ready(
  seen: AwaitedResource,
  fields: readonly string[],
  operation: OperationReference,
): AwaitedResource {
  const values = seen as Record<string, unknown>;
  const missing = fields.filter((field) => values[field] === undefined || values[field] === null);
  if (missing.length === 0) return seen;
  throw new PikzelsUnexpectedResponseError(
    `${operation.method} ${operation.path}: completed, but without ${missing.join(" or ")}.`,
    { operation, outcome: "unknown", status: 200 },
  );
}

function trainingError(seen: AwaitedResource, operation: OperationReference) {
  return new PikzelsTrainingError(
    `${operation.method} ${operation.path}: the training failed. Delete it and create another.`,
    { operation, outcome: "rejected", pikzonality: seen },
  );
}
