import { writePages } from "./docs/index.js";
import { runGenerate } from "./generate/index.js";
import { runCommand } from "./lib/command.js";
import { DEFAULTS, runMerge } from "./merge/index.js";

const check = true;

/**
 * A fixed API for tests of rules, independent of the spec: its code changes only when the generator
 * does.
 */
const SAMPLE_API = "test/sample-api";

await runCommand({
  name: "npm run check:stale",
  summary: "Says of every generated file whether it is up to date, and what to run if it is not.",
  options: {},
  exitCodes: { 0: "all up to date", 1: "some are stale", 2: "bad input" },
  async run() {
    const codes = [
      await runMerge({ ...DEFAULTS, check }),
      await runGenerate({ spec: DEFAULTS.out, out: "src/generated", check }),
      await runGenerate({
        spec: `${SAMPLE_API}/openapi.yaml`,
        out: `${SAMPLE_API}/generated`,
        check,
      }),
      await writePages({ check }),
    ];
    return Math.max(...codes);
  },
});
