import { runCommand } from "./lib/command.js";
import { probeOptions, runProbe } from "./probe/run-probe.js";

await runCommand({
  name: "npm run probe --",
  summary:
    "Asks the service whether what the document claims is true, with requests that cannot be billed. " +
    "The key is read from PIKZELS_API_KEY.",
  options: probeOptions,
  exitCodes: {
    0: "nothing is contradicted",
    1: "something is contradicted",
    2: "bad options, no key, or the service could not be asked",
  },
  run: runProbe,
});
