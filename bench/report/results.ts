import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Measure } from "../client/measure.js";
import { WORK } from "../lib/paths.js";
import type { Spread } from "../lib/spread.js";

/** The suites that measure a command by the size of its input. */
export const COMMANDS = ["merge", "generate", "drift"];

/** The figures that a suite of `npm run bench` wrote. */
export interface Results {
  suite: string;
  machine: { date: string; node: string; platform: string; processor: string; memoryGb: number };
  rounds: number;
  /** Only in the `client` suite. */
  measures: Measure[];
  /** Only in the suites of the commands. */
  costs: CommandCost[];
}

/** The cost of a command with an input of this many operations. */
export interface CommandCost {
  contender: string;
  operations: number;
  wallMs: Spread;
  cpuMs: Spread;
  peakMb: Spread;
}

type Row = Omit<CommandCost, "operations"> & {
  operations?: number;
  /** Each has one operation. */
  fragments?: number;
  format?: string;
};

type Stored = Pick<Results, "machine" | "rounds"> & { rows?: Row[]; measures?: Measure[] };

/** The latest figures of every suite that has run. */
export async function readResults(): Promise<Results[]> {
  const all = await Promise.all(["client", ...COMMANDS].map(read));
  return all.filter((results) => results !== undefined);
}

async function read(suite: string): Promise<Results | undefined> {
  const text = await readFile(join(WORK, `${suite}.json`), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const { machine, rounds, rows = [], measures = [] } = JSON.parse(text) as Stored;
  const costs = rows
    // The merge suite also measures YAML; the others use JSON only.
    .filter(({ format }) => format === undefined || format === "json")
    .filter(({ contender }) => contender !== "bare node")
    .map((row) => ({ ...row, operations: row.operations ?? row.fragments ?? 0 }));
  return { suite, machine, rounds, measures, costs };
}
