import { readFile } from "node:fs/promises";
import { fillMarkedBlocks } from "../lib/marked-blocks.js";
import { arrivalsTable } from "./arrivals.js";
import { neverLeftTable, type NeverLeftOutcomes } from "./never-left.js";

const FILE = "docs/reliability.md";

/** Written by `npm run test:consumers -- -u`. */
const NEVER_LEFT_FILE = "docs/never-left.json";

/**
 * The page on reliability with its tables of runtimes; `npm run reliability` writes its fault
 * matrix.
 */
export async function reliabilityPage(): Promise<string> {
  const outcomes = JSON.parse(await readFile(NEVER_LEFT_FILE, "utf8")) as NeverLeftOutcomes;
  return fillMarkedBlocks(FILE, await readFile(FILE, "utf8"), {
    arrivals: arrivalsTable(),
    "never left": neverLeftTable(outcomes),
  });
}
