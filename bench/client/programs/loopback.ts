// Measures calls per second over HTTP on loopback, ten at a time, alternating between the client
// and raw fetch.
import { createPikzels } from "pikzels-client";

const [baseUrl = "", rounds = "1"] = process.argv.slice(2);
const CONCURRENCY = 10;
const CALLS = 500;
const apiKey = "pkz_bench";
const body = {
  prompt: "A climber waves from a snowy summit at sunrise",
  model: "pkz_4_5",
  format: "16:9",
} as const;

const pikzels = createPikzels({ apiKey, baseUrl, concurrency: CONCURRENCY });
const calls: Record<string, () => Promise<unknown>> = {
  "pikzels-client": () => pikzels.thumbnails.fromText(body),
  fetch: async () => {
    const response = await fetch(`${baseUrl}/v2/thumbnail/text`, {
      method: "POST",
      headers: { "X-Api-Key": apiKey, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return (await response.json()) as unknown;
  },
};

const rates: Record<string, number[]> = {};
// Warm up until the engine has compiled everything: that takes some thousand calls.
for (let turn = 0; turn < 6; turn += 1) {
  for (const call of Object.values(calls)) await callsPerSecond(call);
}
for (let round = 0; round < Number(rounds); round += 1) {
  for (const [name, call] of Object.entries(calls)) {
    (rates[name] ??= []).push(await callsPerSecond(call));
  }
}
process.stdout.write(JSON.stringify(rates));

async function callsPerSecond(call: () => Promise<unknown>): Promise<number> {
  let left = CALLS;
  const started = performance.now();
  const worker = async () => {
    while (left-- > 0) await call();
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return (CALLS / (performance.now() - started)) * 1000;
}
