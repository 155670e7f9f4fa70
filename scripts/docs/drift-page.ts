import { readFile } from "node:fs/promises";
import { rules, type Rule } from "../drift/index.js";
import { fillMarkedBlocks } from "../lib/marked-blocks.js";
import { table } from "./markdown.js";

const FILE = "docs/drift.md";

/** The guide on drift with its table of rules regenerated; the rest of it is written by hand. */
export async function driftPage(): Promise<string> {
  const page = await readFile(FILE, "utf8");
  return fillMarkedBlocks(FILE, page, { rules: rulesTable([...rules.values()]) });
}

/** What each kind of change means, for what is sent and for what is received. */
function rulesTable(all: readonly Rule[]): string {
  return table(
    ["Rule", "In what is sent", "In what is received", "Why"],
    all.map(({ id, request, response, why }) => [`\`${id}\``, request, response, why]),
  );
}
