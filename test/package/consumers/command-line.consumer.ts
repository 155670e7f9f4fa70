import { expect, inject, test } from "vitest";
import { run } from "./support/run.js";

const cwd = inject("plainProject");
const env = {
  PIKZELS_API_KEY: "pkz_consumer_0123456789",
  PIKZELS_BASE_URL: inject("emulatorUrl"),
};

test("a shell script makes a thumbnail, runs a batch without paying twice, and checks for drift", async () => {
  const summaries = (await run("sh", ["command-line.sh"], { cwd, env })).trim().split("\n");
  const done = { rows: 2, done: 2, cost: { low: 0.16, high: 0.16 } };
  expect(summaries.map((line) => JSON.parse(line) as unknown)).toMatchObject([done, done]);
});
