import { bundle } from "../lib/bundle.js";
import { spreadOf } from "../lib/spread.js";
import type { Measure } from "./measure.js";
import { runProgram } from "./run-program.js";

const SCENARIOS = {
  steady: { what: "1,000 generations at limit 10", atLeast: 0.98 },
  storm: { what: "the same in a storm of 429s", atLeast: 0.9 },
};

/** How much of a service's capacity a batch uses, on a simulated clock: a single run is enough. */
export async function measureBatch(workFolder: string): Promise<Measure[]> {
  const used = await runProgram<Record<keyof typeof SCENARIOS, number>>(
    bundle("bench/client/programs/batch.ts", workFolder),
  );
  return Object.entries(SCENARIOS).map(([name, { what, atLeast }]) => ({
    what,
    comparedWith: "what the service allows",
    unit: "share",
    ours: spreadOf([used[name as keyof typeof SCENARIOS]]),
    theirs: spreadOf([1]),
    target: { atLeast },
  }));
}
