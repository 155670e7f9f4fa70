import { isPikzelsError, type PikzelsEvent } from "pikzels-client";
import { startEmulator, type Emulator } from "pikzels-client/emulator";
import { vi } from "vitest";
import type { Method, Result, Turn } from "./cell.js";
import type { Fault } from "./faults.js";
import { attemptsAtMost } from "./policy.js";
import { createPikzels, type Pikzels } from "../../support/client.js";

/** One call per HTTP method; each is sent as one request if nothing goes wrong. */
const calls: Record<Method, (pikzels: Pikzels, id: string) => Promise<unknown>> = {
  POST: ({ titles }) => titles.fromText({ prompt: "A week alone in the Arctic" }),
  GET: ({ pikzonalities }, id) => pikzonalities.get(id),
  PATCH: ({ pikzonalities }, id) => pikzonalities.update(id, { special_instructions: "Warm" }),
  DELETE: ({ pikzonalities }, id) => pikzonalities.delete(id),
};

/**
 * Makes one call against a real server that fails as told, and reports how it ended. Timers and
 * clocks stand still except for what the call waits for, so `elapsedMs` is exact. Every jitter is
 * half.
 */
export async function runCell(fault: Fault, method: Method, turn: Turn) {
  await using emulator = await startEmulator({ trainingMs: 0 });
  const events: PikzelsEvent[] = [];
  const pikzels = createPikzels({
    apiKey: "pkz_fault_matrix",
    baseUrl: emulator.url,
    onEvent: (event) => events.push(event),
  });
  const before = await prepare(emulator, pikzels, fault, turn);
  events.length = 0;

  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance", "Date"] });
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  try {
    const from = performance.now();
    const ended = settled(calls[method](pikzels, before.id));
    const faultyAttempt = turn === "first" ? 1 : attemptsAtMost;
    await passTime(ended, () => {
      const last = events.at(-1);
      if (last?.type === "retry") return "waits";
      const isUnanswered = last?.type === "request" && last.attempt === faultyAttempt;
      const isSilent = isUnanswered && fault.ending.takes !== undefined;
      return isSilent && emulator.stats.requests === before.requests + last.attempt
        ? "hears nothing"
        : "is busy";
    });
    const { error } = await ended.promise;
    const known = isPikzelsError(error) ? error : undefined;
    const result: Result = {
      sent: emulator.stats.requests - before.requests,
      error: (error as Error | undefined)?.name,
      code: known && "code" in known ? String(known.code) : undefined,
      outcome: known?.outcome,
      charges: emulator.ledger.charges.length - before.charges,
      elapsedMs: performance.now() - from,
    };
    const askedMs = known && "retryAfterMs" in known ? known.retryAfterMs : undefined;
    return { result, error: known, askedMs, requestId: await idInAnswer(emulator) };
  } finally {
    vi.useRealTimers();
    vi.restoreAllMocks();
  }
}

/** The id that the server gave its latest request, if a response at least started. */
async function idInAnswer(emulator: Emulator): Promise<string | undefined> {
  // The server records a request when it is over, which may be a moment later.
  for (let turn = 0; turn < 50 && emulator.requests.length < emulator.stats.requests; turn++)
    await new Promise(setImmediate);
  const last = emulator.requests[emulator.stats.requests - 1];
  return last?.status === undefined ? undefined : last.requestId;
}

async function prepare(emulator: Emulator, pikzels: Pikzels, fault: Fault, turn: Turn) {
  const image_urls = [1, 2, 3].map((n) => `https://example.com/${n}.png`) as [
    string,
    string,
    string,
  ];
  const { id } = await pikzels.styles.create({ name: "Mine", image_urls });
  if (turn === "last") emulator.provoke({ code: "TOO_MANY_REQUESTS", times: attemptsAtMost - 1 });
  emulator.provoke(fault.provocation);
  return { id, requests: emulator.stats.requests, charges: emulator.ledger.charges.length };
}

interface Settled {
  isOver: boolean;
  promise: Promise<{ error?: unknown }>;
}

function settled(call: Promise<unknown>): Settled {
  const settled: Settled = {
    isOver: false,
    promise: call
      .then(
        () => ({}),
        (error: unknown) => ({ error }),
      )
      .finally(() => (settled.isOver = true)),
  };
  return settled;
}

/** Lets the network do its work, and advances the time only while the client waits for it. */
async function passTime(call: Settled, state: () => "waits" | "hears nothing" | "is busy") {
  let quietTurns = 0;
  for (;;) {
    await new Promise(setImmediate);
    if (call.isOver) return;
    const now = state();
    // The server is in the same process: if it is silent for this many turns, it really is silent.
    quietTurns = now === "hears nothing" ? quietTurns + 1 : 0;
    if (now === "waits" || quietTurns > 20) vi.advanceTimersToNextTimer();
  }
}
