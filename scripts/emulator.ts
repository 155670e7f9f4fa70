import { emulatorOptions } from "./emulator/options.js";
import { runEmulator } from "./emulator/run-emulator.js";
import { runCommand } from "./lib/command.js";

await runCommand({
  name: "npm run emulator --",
  summary: "Serves the Pikzels API on this machine, free of charge, until it is stopped.",
  options: emulatorOptions,
  exitCodes: {
    0: "stopped (Ctrl-C)",
    2: "bad options, or it could not listen",
  },
  run: runEmulator,
});
