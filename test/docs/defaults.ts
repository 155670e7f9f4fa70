import { toImageDataUrl, type PikzelsEvent } from "pikzels-client";
import { vi } from "vitest";
import { SAMPLES } from "../support/images.js";
import {
  ID,
  json,
  networkError,
  refusal,
  stubClient,
  TEXT_BODY,
  unanswered,
} from "../support/stub-fetch.js";

/** The client's behaviour without options, measured on a controlled clock. */
export interface Defaults {
  callMs: number;
  attemptMs: { post: number; other: number };
  retries: number;
  retryAfterMs: number;
  backoffMs: { first: number; longest: number };
  concurrency: number;
  waiting: { intervalMs: number; ms: number; failures: number };
  download: { ms: number; bytes: number };
  imageBytes: number;
}

/** Calls a client without options on a controlled clock. */
export async function measureDefaults(): Promise<Defaults> {
  vi.useFakeTimers();
  const onTheClock = {
    callMs: await callMs(),
    attemptMs: await attemptMs(),
    retries: await retries(),
    retryAfterMs: await longestRetryAfterMs(),
    backoffMs: await backoffMs(),
    concurrency: await concurrency(),
    waiting: await waiting(),
  };
  const ms = await msUntilSettled(stubClient([unanswered]).pikzels.download(IMAGE));
  vi.useRealTimers();
  return {
    ...onTheClock,
    download: { ms, bytes: await downloadBytes() },
    imageBytes: await imageBytes(),
  };
}

const IMAGE = "https://cdn.example.com/1.png";

async function msUntilSettled(call: Promise<unknown>): Promise<number> {
  const from = performance.now();
  const ended = call.then(
    () => performance.now(),
    () => performance.now(),
  );
  await vi.runAllTimersAsync();
  return (await ended) - from;
}

function callMs() {
  const { pikzels } = stubClient([unanswered], { attemptTimeoutMs: Infinity });
  return msUntilSettled(pikzels.thumbnails.fromText(TEXT_BODY));
}

async function attemptMs() {
  const { pikzels } = stubClient([unanswered], { maxRetries: 0 });
  return {
    post: await msUntilSettled(pikzels.thumbnails.fromText(TEXT_BODY)),
    other: await msUntilSettled(pikzels.pikzonalities.get(ID)),
  };
}

async function retries() {
  const { pikzels, requests } = stubClient([networkError("ECONNREFUSED", "connect")]);
  await msUntilSettled(pikzels.thumbnails.fromText(TEXT_BODY));
  return requests.length - 1;
}

async function longestRetryAfterMs() {
  for (let seconds = 1; ; seconds++) {
    const limited = refusal(429, "TOO_MANY_REQUESTS", { "retry-after": String(seconds) });
    const { pikzels, requests } = stubClient([limited, json({ id: ID })]);
    await msUntilSettled(pikzels.pikzonalities.get(ID));
    if (requests.length === 1) return (seconds - 1) * 1000;
  }
}

async function backoffMs() {
  const chance = vi.spyOn(Math, "random").mockReturnValue(1);
  const delays: number[] = [];
  const onEvent = (event: PikzelsEvent) => event.type === "retry" && delays.push(event.delayMs);
  const { pikzels } = stubClient([networkError("ECONNRESET")], { maxRetries: 9, onEvent });
  await msUntilSettled(pikzels.pikzonalities.get(ID));
  chance.mockRestore();
  return { first: delays[0] ?? 0, longest: Math.max(...delays) };
}

async function concurrency() {
  const { pikzels, requests } = stubClient([unanswered], { maxRetries: 0 });
  const calls = Promise.allSettled(Array.from({ length: 99 }, () => pikzels.pikzonalities.get(ID)));
  await vi.advanceTimersByTimeAsync(1);
  const { length } = requests;
  await vi.runAllTimersAsync();
  await calls;
  return length;
}

async function waiting() {
  const chance = vi.spyOn(Math, "random").mockReturnValue(0.5);
  const looks: number[] = [];
  const look = () => {
    looks.push(performance.now());
    return json({ id: ID, status: "processing" });
  };
  const ms = await msUntilSettled(stubClient([look]).pikzels.pikzonalities.waitUntilReady(ID));
  const failing = stubClient([networkError("ECONNRESET")], { maxRetries: 0 });
  await msUntilSettled(failing.pikzels.pikzonalities.waitUntilReady(ID));
  chance.mockRestore();
  const [first = 0, second = 0] = looks;
  return { intervalMs: second - first, ms, failures: failing.requests.length };
}

/** Read from the error that refuses an endless picture. */
async function downloadBytes(): Promise<number> {
  const chunk = new Uint8Array(2 ** 20);
  chunk.set(SAMPLES["image/png"]);
  const pull = (controller: ReadableStreamDefaultController) => {
    controller.enqueue(chunk);
  };
  const { pikzels } = stubClient([() => new Response(new ReadableStream({ pull }))]);
  const error = await pikzels.download(IMAGE).then(() => "none", String);
  return Number(/longer than (\d+) bytes/.exec(error)?.[1]);
}

async function imageBytes(): Promise<number> {
  const error = await toImageDataUrl(new Uint8Array(2 ** 24)).catch(String);
  return Number(/the limit is (\d+)/.exec(error)?.[1]);
}
