import { startProgress } from "../../scripts/lib/progress.js";
import type { Cost } from "./measure-process.js";
import { spreadOf, type Spread } from "./spread.js";

/** A contender to measure beside others that do the same work. */
export interface Contender {
  name: string;
  /** Does the work once. */
  run: () => Promise<Cost>;
  /** Throws if the work was done wrong; called once. */
  verify?: () => Promise<void>;
}

export interface Measurement {
  contender: string;
  wallMs: Spread;
  cpuMs: Spread;
  peakMb: Spread;
}

/**
 * Measures contenders in turns, so that a slow moment of the machine does not hit only one of them.
 */
export async function takeTurns({
  label,
  contenders,
  rounds,
}: {
  label: string;
  contenders: readonly Contender[];
  rounds: number;
}): Promise<Measurement[]> {
  const costs = new Map<string, Cost[]>(contenders.map(({ name }) => [name, []]));
  const progress = startProgress(label, rounds * contenders.length);
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, run, verify } of contenders) {
      costs.get(name)?.push(await run());
      if (round === 0) await verify?.();
      progress.step(`${name}, round ${round + 1}`);
    }
  }
  progress.stop();
  return [...costs].map(([contender, own]) => ({
    contender,
    wallMs: spreadOf(own.map(({ wallMs }) => wallMs)),
    cpuMs: spreadOf(own.map(({ cpuMs }) => cpuMs)),
    peakMb: spreadOf(own.map(({ peakBytes }) => peakBytes / 2 ** 20)),
  }));
}
