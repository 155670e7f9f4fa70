import { subscribe } from "node:diagnostics_channel";
import { afterAll, expect } from "vitest";
import type { PublishedExchange } from "../../src/emulator/api/exchange.js";

/**
 * Set up for every test file: when the file is done, every response of an emulator in it is checked
 * against the spec, whichever test started the emulator and whatever that test was about.
 */
const published: PublishedExchange[] = [];
subscribe("pikzels-client.emulator.exchange", (message) => {
  published.push(message as PublishedExchange);
});

afterAll(async () => {
  if (published.length === 0) return;
  const { nonconforming } = await import("./nonconforming.js");
  expect(await nonconforming(published)).toEqual([]);
});
