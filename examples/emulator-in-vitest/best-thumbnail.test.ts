import { createPikzels, type Pikzels } from "pikzels-client";
import { startEmulator, type Emulator } from "pikzels-client/emulator";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bestThumbnail } from "./best-thumbnail.js";

let emulator: Emulator;
let pikzels: Pikzels;

beforeEach(async () => {
  // Outputs have an https address, as they do in the service.
  emulator = await startEmulator({ publicUrl: "https://pikzels.test" });
  pikzels = createPikzels({ apiKey: "pkz_test", baseUrl: emulator.url, maxRetries: 0 });
});
afterEach(() => emulator.close());

test("makes and rates a thumbnail of each prompt", async () => {
  const best = await bestThumbnail(pikzels, ["A summit at sunrise", "A cave by torchlight"]);
  expect(["A summit at sunrise", "A cave by torchlight"]).toContain(best?.prompt);
  expect(emulator.stats.byOperation).toEqual({
    post_v2_thumbnail_text: 2,
    post_v2_thumbnail_score: 2,
  });
});

test("pays for nothing when the balance is empty", async () => {
  emulator.setKey("pkz_test", { credits: 0 });
  await expect(bestThumbnail(pikzels, ["A summit at sunrise"])).rejects.toMatchObject({
    outcome: "rejected",
  });
  expect(emulator.ledger.total).toBe(0);
});

test("does not pay again when the answer is lost", async () => {
  emulator.provoke({ fault: "reset", when: "after" });
  await expect(bestThumbnail(pikzels, ["A summit at sunrise"])).rejects.toMatchObject({
    outcome: "unknown",
  });
  expect(emulator.ledger.charges).toHaveLength(1);
});
