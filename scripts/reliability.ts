import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "./lib/command.js";
import { readSourceText } from "./lib/source-text.js";
import { writeFileAtomically } from "./lib/write-file.js";
import { withTable } from "./reliability/document.js";
import { faultTable, type Cell } from "./reliability/table.js";

await runCommand({
  name: "npm run reliability --",
  summary: "Runs the fault matrix and writes what came of it into the documentation.",
  options: {
    out: {
      type: "string",
      value: "FILE",
      default: "docs/reliability.md",
      help: "the document with the table",
    },
  },
  exitCodes: { 0: "the table is written", 1: "the matrix failed", 2: "bad input" },
  async run({ out }) {
    const { text } = await readSourceText(out);
    // Checked before the long run: a document without markers for the table fails immediately.
    withTable(text, "");
    const cells = await runMatrix();
    if (!cells) return 1;
    await writeFileAtomically(out, withTable(text, faultTable(cells)));
    return 0;
  },
});

/** Runs the test that produces the matrix; undefined if it failed. */
async function runMatrix(): Promise<Cell[] | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "pikzels-fault-matrix-"));
  const results = join(folder, "cells.json");
  try {
    const vitest = ["node_modules/vitest/vitest.mjs", "run", "--typecheck.enabled=false"];
    const test = spawn(process.execPath, [...vitest, "test/reliability/fault-matrix.test.ts"], {
      stdio: "inherit",
      env: { ...process.env, FAULT_MATRIX_RESULTS: results },
    });
    const [code] = (await once(test, "exit")) as [number | null];
    return code === 0 ? (JSON.parse(await readFile(results, "utf8")) as Cell[]) : undefined;
  } finally {
    await rm(folder, { recursive: true });
  }
}
