import { isPikzelsApiError } from "../wrappers/errors/guards.js";
import type { PikzelsError } from "../wrappers/errors/classes.js";
import type { ResolvedOptions } from "../wrappers/options.js";
import { checkCount, checkMs } from "../wrappers/validate.js";
import { delay } from "./abort.js";
import { attempt } from "./attempt.js";
import { emit, type Answer, type Call, type Reply, type TransportRequest } from "./call.js";
import { mayRetry, surelyDidNothing } from "./retry.js";

/** Sends requests with everything this package promises. Rejects only if there is no reply. */
export type Transport = (request: TransportRequest) => Promise<Reply>;

/** Makes the transport of one client. */
export function createTransport(settings: ResolvedOptions): Transport {
  let calls = 0;
  return async (request) => {
    const { signal, timeoutMs, maxRetries } = request.options;
    const ms = checkMs("timeoutMs", timeoutMs) ?? settings.timeoutMs;
    const retries = checkCount("maxRetries", maxRetries) ?? settings.maxRetries;
    signal?.throwIfAborted();
    const call: Call = {
      settings,
      request,
      number: ++calls,
      timeoutMs: ms,
      deadline: performance.now() + ms,
      attempts: 0,
      inFlight: false,
      requestId: undefined,
      outcome: "not-sent",
      mayHaveWorked: false,
    };
    return sendUntilDone(call, retries);
  };
}

async function sendUntilDone(call: Call, retries: number): Promise<Reply> {
  const { method, options } = call.request;
  for (let retry = 0; ; retry++) {
    const { reply, waitMs } = await attempt(call);
    if (!reply.error) return reply;
    if (reply.answer && isDeletedByNow(call, reply.error)) return deleted(reply.answer);

    const hasTime = performance.now() + waitMs < call.deadline;
    const isWorthIt = hasTime && waitMs <= call.settings.maxRetryAfterMs;
    if (retry === retries || !isWorthIt || !mayRetry(method, reply.error)) return reply;

    call.outcome = reply.error.outcome;
    call.mayHaveWorked ||= !surelyDidNothing(reply.error);
    emit(call, { type: "retry", delayMs: waitMs, reason: reasonOf(reply.error) });
    await delay(waitMs, options.signal);
  }
}

/** An earlier attempt got through, and only its answer was lost. */
function isDeletedByNow(call: Call, error: PikzelsError): boolean {
  return (
    call.request.method === "DELETE" && call.mayHaveWorked && isPikzelsApiError(error, "NOT_FOUND")
  );
}

const DELETED = { message: "Deleted by an earlier attempt of this call" };

function deleted(answer: Answer): Reply {
  const text = JSON.stringify(DELETED);
  const bytes = new TextEncoder().encode(text);
  return { answer: { ...answer, status: 200, bytes, text, json: DELETED }, error: undefined };
}

function reasonOf(error: PikzelsError): string {
  return isPikzelsApiError(error) ? String(error.code) : error.name;
}
