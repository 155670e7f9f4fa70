import { hasErrorCode, isPikzelsApiError, isPikzelsError } from "../wrappers/errors/guards.js";
import type { PikzelsError } from "../wrappers/errors/classes.js";
import { checkCallOptions, type ResolvedOptions } from "../wrappers/options.js";
import { delay } from "./abort.js";
import { attempt } from "./attempt.js";
import {
  doWork,
  emit,
  referenceOf,
  type Answer,
  type Call,
  type Reply,
  type TransportRequest,
} from "./call.js";
import { mayRetry, surelyDidNothing } from "./retry.js";

/** Sends requests with every guarantee of this package. Rejects only if there is no reply. */
export type Transport = (request: TransportRequest) => Promise<Reply>;

/** Creates the transport of one client. */
export function createTransport(settings: ResolvedOptions): Transport {
  let calls = 0;
  return async (request) => {
    const own = checkCallOptions(request.options);
    const { timeoutMs = settings.timeoutMs, queueTimeoutMs = settings.queueTimeoutMs } = own;
    own.signal?.throwIfAborted();
    const call: Call = {
      settings,
      request,
      operation: referenceOf(request),
      signal: own.signal,
      number: ++calls,
      timeoutMs,
      queueTimeoutMs,
      workLeftMs: timeoutMs,
      queueLeftMs: queueTimeoutMs,
      attempts: 0,
      inFlight: false,
      requestId: undefined,
      outcome: "not-sent",
      mayHaveWorked: false,
    };
    return withEndEvent(call, () => sendUntilDone(call, own.maxRetries ?? settings.maxRetries));
  };
}

async function sendUntilDone(call: Call, retries: number): Promise<Reply> {
  for (let retry = 0; ; retry++) {
    const { reply, waitMs } = await attempt(call);
    if (!reply.error) return reply;
    if (reply.answer && isDeletedByNow(call, reply.error)) return deleted(reply.answer);

    const isWorthIt = waitMs < call.workLeftMs && waitMs <= call.settings.maxRetryAfterMs;
    const isLast = retry === retries || !isWorthIt || !mayRetry(call.operation.method, reply.error);
    if (isLast) return reply;

    call.outcome = reply.error.outcome;
    call.mayHaveWorked ||= !surelyDidNothing(reply.error);
    emit(call, { type: "retry", delayMs: waitMs, reason: reasonOf(reply.error) });
    await doWork(call, (signal) => delay(waitMs, signal));
  }
}

/** Emits how the call ended: with an answer, an error or an abort. */
async function withEndEvent(call: Call, work: () => Promise<Reply>): Promise<Reply> {
  const startedAt = performance.now();
  const tellEnd = (error: unknown) => {
    const durationMs = performance.now() - startedAt;
    if (error === undefined) emit(call, { type: "success", durationMs });
    else {
      const known = isPikzelsError(error) ? error : undefined;
      const reason = known ? reasonOf(known) : "aborted";
      const outcome = known?.outcome ?? call.outcome;
      emit(call, { type: "failure", durationMs, reason, outcome });
    }
  };
  try {
    const reply = await work();
    tellEnd(reply.error);
    return reply;
  } catch (error) {
    tellEnd(error);
    throw error;
  }
}

/** An earlier attempt succeeded, and only its answer was lost. */
function isDeletedByNow(call: Call, error: PikzelsError): boolean {
  return (
    call.operation.method === "DELETE" && call.mayHaveWorked && hasErrorCode(error, "NOT_FOUND")
  );
}

function deleted(answer: Answer): Reply {
  const value = { message: "Deleted by an earlier attempt of this call" };
  return {
    answer: { ...answer, status: 200, value, body: JSON.stringify(value) },
    error: undefined,
  };
}

function reasonOf(error: PikzelsError): string {
  return isPikzelsApiError(error) ? String(error.code) : error.name;
}
