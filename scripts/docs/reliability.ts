import { readFile } from "node:fs/promises";
import { fillMarkedBlocks } from "../lib/marked-blocks.js";
import { arrivalsTable } from "./arrivals.js";

const FILE = "docs/reliability.md";

/** The page on reliability with its table of runtimes; `npm run reliability` writes its fault matrix. */
export async function reliabilityPage(): Promise<string> {
  return fillMarkedBlocks(FILE, await readFile(FILE, "utf8"), { arrivals: arrivalsTable() });
}
