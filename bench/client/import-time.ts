import { join } from "node:path";
import { bundle } from "../lib/bundle.js";
import { BENCH, ROOT } from "../lib/paths.js";
import { spreadOf } from "../lib/spread.js";
import type { Measure } from "./measure.js";
import { runProgram } from "./run-program.js";

/** An import is quick and needs a fresh process, so a steady median takes many of them. */
const RUNS_A_ROUND = 5;

const CONTENDERS = {
  ours: join(ROOT, "dist/index.js"),
  "openapi-fetch": join(BENCH, "node_modules/openapi-fetch/dist/index.mjs"),
};

/** How long the main entry takes to import, in processes that have imported nothing else. */
export async function measureImport(workFolder: string, rounds: number): Promise<Measure[]> {
  const program = bundle("bench/client/programs/import-time.ts", workFolder);
  const times: Record<string, number[]> = {};
  for (let run = 0; run < rounds * RUNS_A_ROUND; run += 1) {
    for (const [name, file] of Object.entries(CONTENDERS)) {
      (times[name] ??= []).push((await runProgram<{ ms: number }>(program, [file])).ms);
    }
  }
  return [
    {
      what: "import of the main entry",
      comparedWith: "openapi-fetch",
      unit: "ms",
      ours: spreadOf(times["ours"] ?? []),
      theirs: spreadOf(times["openapi-fetch"] ?? []),
      target: { atMost: 2 },
    },
  ];
}
