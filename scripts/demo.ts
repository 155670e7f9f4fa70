import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator } from "pikzels-client/emulator";
import { showCompilerRefusal } from "./demo/compiler.js";
import { checkDrift } from "./demo/drift-check.js";
import { narrator } from "./demo/narrator.js";
import { exampleCalls } from "./demo/example-calls.js";
import { runPipeline } from "./demo/spec-pipeline.js";
import { takeTour } from "./demo/tour.js";
import { runCommand } from "./lib/command.js";

await runCommand({
  name: "npm start --",
  summary:
    "The main job, offline: pull, merge, generate, drift, then a tour of the API against the emulator.",
  options: {},
  exitCodes: { 0: "everything it tells has happened", 2: "something did not happen as it should" },
  run: async () => {
    const folder = await mkdtemp(join(tmpdir(), "pikzels-demo-"));
    const emulator = await startEmulator();
    try {
      narrator.chapter("From the docs pages to the types");
      await runPipeline(folder);
      narrator.chapter("Has the published spec changed?");
      await checkDrift(emulator.url, folder);
      narrator.chapter("The typed client, against the emulator");
      const calls = await exampleCalls("spec/openapi.yaml");
      showCompilerRefusal(calls);
      await takeTour(emulator, folder, calls);
    } finally {
      await emulator.close();
      await rm(folder, { recursive: true });
    }
    return 0;
  },
});
