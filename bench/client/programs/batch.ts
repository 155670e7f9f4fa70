// Runs a batch of a thousand generations through one client on a simulated clock, and prints how
// much of the service's capacity it uses.
import FakeTimers from "@sinonjs/fake-timers";
import { createPikzels } from "pikzels-client";

const CALLS = 1000;
const LIMIT = 10;
const MINUTE = 60_000;
/** How long a generation takes: one minute on average. */
const durationMs = (call: number) => MINUTE * (0.75 + (0.5 * ((call * 7919) % 101)) / 100);

const clock = FakeTimers.install({
  toFake: ["setTimeout", "clearTimeout", "performance", "Date"],
  loopLimit: 1_000_000,
});

/**
 * How many requests the service accepts at a time: a steady number, or half of it for minutes in a
 * storm.
 */
const CAPACITY: Record<string, (ms: number) => number> = {
  steady: () => LIMIT,
  storm: (ms) => (Math.floor(ms / (3 * MINUTE)) % 2 === 0 ? LIMIT : LIMIT / 2),
};

const used: Record<string, number> = {};
for (const [name, capacity] of Object.entries(CAPACITY)) used[name] = await shareUsed(capacity);
process.stdout.write(JSON.stringify(used));

/** The work done, as a share of what the capacity allowed in the elapsed time. */
async function shareUsed(capacity: (ms: number) => number): Promise<number> {
  const started = performance.now();
  const elapsed = () => performance.now() - started;
  let inFlight = 0;
  let sent = 0;
  let workedMs = 0;
  const serve = async (): Promise<Response> => {
    if (inFlight >= capacity(elapsed())) {
      const error = { code: "TOO_MANY_REQUESTS", message: "Too many requests." };
      return Response.json({ error }, { status: 429 });
    }
    inFlight += 1;
    const ms = durationMs(sent++);
    await new Promise((resolve) => setTimeout(resolve, ms));
    workedMs += ms;
    inFlight -= 1;
    return Response.json({ output: "https://example.com/1.png", request_id: "1" });
  };
  const pikzels = createPikzels({
    apiKey: "pkz_bench",
    baseUrl: `https://${String(started)}.example.com`,
    concurrency: LIMIT,
    maxRetries: 20,
    fetch: serve,
  });
  const calls = Array.from({ length: CALLS }, () =>
    pikzels.thumbnails.fromText({ prompt: "A climber", model: "pkz_4_5", format: "16:9" }),
  );
  const ended = Promise.all(calls).then(elapsed);
  await clock.runAllAsync();
  const tookMs = await ended;
  let allowedMs = 0;
  for (let ms = 0; ms < tookMs; ms += 1000) allowedMs += capacity(ms) * Math.min(1000, tookMs - ms);
  return workedMs / allowedMs;
}
