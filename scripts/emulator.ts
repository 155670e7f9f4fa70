import { emulatorOptions } from "./emulator/options.js";
import { runEmulator } from "./emulator/run-emulator.js";
import { runCommand } from "./lib/command.js";

await runCommand({
  name: "npm run emulator --",
  summary: "Runs the emulator of the API on loopback, free of charge.",
  options: emulatorOptions,
  exitCodes: {
    0: "stopped (Ctrl-C)",
    2: "bad options, or it could not listen",
  },
  run: runEmulator,
});
