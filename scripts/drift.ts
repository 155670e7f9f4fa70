import { driftOptions, runDrift } from "./drift/run-drift.js";
import { runCommand } from "./lib/command.js";

await runCommand({
  name: "npm run drift --",
  summary: "Compares our spec with the published one and says what changed for programs.",
  options: {
    ...driftOptions,
    update: {
      type: "boolean",
      help: "makes ours what is published (fragments, document, generated files, pages) and prints a changelog entry",
    },
    generated: {
      type: "string",
      value: "DIR",
      default: "src/generated",
      help: "folder of the generated files, for --update",
    },
  },
  exitCodes: {
    0: "nothing at the level of --fail-on or above, or updated",
    1: "drift",
    2: "could not compare, or not update; the reason is on standard error",
  },
  run: async ({ update, generated, ...options }) => {
    if (!update) return runDrift(options);
    // Imported here because generating loads a compiler, which a plain comparison should not wait
    // for.
    const { runUpdate } = await import("./drift/update/run-update.js");
    return runUpdate({ ...options, generated });
  },
});
