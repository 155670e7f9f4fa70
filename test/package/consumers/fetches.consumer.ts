import { build } from "esbuild";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { expectedTour } from "./support/expected.js";
import { runForJson } from "./support/run.js";

const cwd = inject("bundledProject");
const env = { PIKZELS_BASE_URL: inject("emulatorUrl") };

test("node-fetch 2 and 3 and cross-fetch carry calls and downloads", async () => {
  const each = { ...expectedTour, saved: "data:image/png;" };
  expect(await runForJson(process.execPath, ["fetches.mjs"], { cwd, env })).toEqual({
    "node-fetch 2": each,
    "node-fetch 3": each,
    "cross-fetch": each,
  });
});

test("the package runs in a different realm from the fetch that it uses", async () => {
  const outfile = join(cwd, "realm.js");
  await build({
    entryPoints: [join(cwd, "tour.mjs")],
    outfile,
    bundle: true,
    format: "iife",
    globalName: "consumer",
    platform: "neutral",
    mainFields: ["module", "main"],
    logLevel: "error",
  });
  expect(await runForJson(process.execPath, ["realm.mjs", outfile], { cwd, env })).toEqual(
    expectedTour,
  );
});
