import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeAll } from "../../examples/plain-batch/make-all.js";
import { setStage } from "./support.js";

test("plain-batch saves what succeeds, and says which failures may have been paid for", async () => {
  const { emulator, pikzels, folder } = await setStage();
  emulator.provoke({ fault: "foreign-code" });
  const prompts = Array.from({ length: 15 }, (_, index) => `A summit, take ${index + 1}`);
  const made = await makeAll(pikzels, prompts, folder);
  expect(made.filter((one) => "error" in one)).toMatchObject([{ mayHaveBeenPaid: false }]);
  expect(await readdir(folder)).toHaveLength(14);
  expect(emulator.ledger.charges).toHaveLength(14);
});

test("plain-batch pays for nothing if the folder is missing", async () => {
  const { emulator, pikzels, folder } = await setStage();
  const made = await makeAll(pikzels, ["A summit"], join(folder, "missing"));
  expect(made).toMatchObject([{ mayHaveBeenPaid: false }]);
  expect(emulator.requests).toHaveLength(0);
});
