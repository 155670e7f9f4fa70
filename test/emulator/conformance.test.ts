import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { expect, test } from "vitest";
import type { PublishedExchange } from "../../src/emulator/api/exchange.js";
import { nonconforming } from "../support/nonconforming.js";
import { call, emulatorForTest, thumbnail } from "./support.js";

/** The exchange that an emulator published about one genuine call. */
async function publishedCall(): Promise<PublishedExchange> {
  const seen: PublishedExchange[] = [];
  const listen = (message: unknown) => seen.push(message as PublishedExchange);
  subscribe("pikzels-client.emulator.exchange", listen);
  try {
    await call(await emulatorForTest(), "POST", "/v2/thumbnail/text", thumbnail);
  } finally {
    unsubscribe("pikzels-client.emulator.exchange", listen);
  }
  const [published] = seen;
  if (!published) throw new Error("the emulator published nothing");
  return published;
}

test("a genuine response of the emulator conforms to the spec", async () => {
  expect(await nonconforming([await publishedCall()])).toEqual([]);
});

test("the conformance check finds a response that does not conform", async () => {
  const genuine = await publishedCall();
  const { exchange } = genuine;
  const spoiled = (change: Partial<typeof exchange>) => ({
    ...genuine,
    exchange: { ...exchange, ...change },
  });

  const problems = await nonconforming([
    spoiled({ body: { output: 7, request_id: exchange.requestId } }),
    spoiled({ body: { output: "https://a.example", request_id: "another" } }),
    spoiled({ headers: { "content-type": "text/plain" } }),
    spoiled({ status: 404 }),
  ]);

  expect(problems).toEqual([
    expect.stringContaining('→ 200 breaks its schema: {"output":7'),
    expect.stringContaining("→ 200 has another request_id than its header"),
    expect.stringContaining("→ 200 is not of a documented media type"),
    expect.stringContaining("→ 404 breaks its schema"),
  ]);
});
