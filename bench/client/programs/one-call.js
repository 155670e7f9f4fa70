// Measures one POST through each client, in process: the fetch is a stub that answers at once, so
// only the client's own work is measured. Prints the median of each, in microseconds.
//
// In JavaScript, because this project's compiler cannot see the benchmarks' own dependencies.
import process from "node:process";
import Anthropic from "@anthropic-ai/sdk";
import ky from "ky";
import OpenAI from "openai";
import createClient from "openapi-fetch";
import { createPikzels } from "pikzels-client";
import { Bench } from "tinybench";

const rounds = Number(process.argv[2]);
const baseUrl = "https://api.example.com";
const apiKey = "pkz_bench";
const path = "/v2/thumbnail/text";
const body = {
  prompt: "A climber waves from a snowy summit at sunrise",
  model: "pkz_4_5",
  format: "16:9",
};
const answer = JSON.stringify({ output: "https://cdn.example.com/a.png", request_id: "req_1" });
const headers = { "content-type": "application/json" };
const stub = () => Promise.resolve(new globalThis.Response(answer, { status: 200, headers }));

const ours = createPikzels({ apiKey, baseUrl, fetch: stub });
const bare = createClient({ baseUrl, fetch: stub, headers: { "X-Api-Key": apiKey } });
const openai = new OpenAI({ apiKey, baseURL: baseUrl, fetch: stub });
const anthropic = new Anthropic({ apiKey, baseURL: baseUrl, fetch: stub });
const kyClient = ky.create({ prefixUrl: baseUrl, fetch: stub, headers: { "X-Api-Key": apiKey } });

const calls = {
  "pikzels-client": () => ours.thumbnails.fromText(body),
  "openapi-fetch": () => bare.POST(path, { body }),
  openai: () => openai.post(path, { body }),
  "@anthropic-ai/sdk": () => anthropic.post(path, { body }),
  ky: () => kyClient.post(path.slice(1), { json: body }).json(),
};

const medians = {};
// In turns, so that a slow moment of the machine does not hit only one of them.
for (let round = 0; round < rounds; round += 1) {
  const bench = new Bench({ time: 300, warmupTime: 100 });
  for (const [name, call] of Object.entries(calls)) bench.add(name, call);
  await bench.run();
  for (const { name, result } of bench.tasks) {
    if (result.state !== "completed") throw new Error(`${name}: ${result.state}`);
    (medians[name] ??= []).push(result.latency.p50 * 1e3);
  }
}
process.stdout.write(JSON.stringify(medians));
