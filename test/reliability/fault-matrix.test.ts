import { readFile, writeFile } from "node:fs/promises";
import { afterAll, describe, expect, test } from "vitest";
import { withTable } from "../../scripts/reliability/document.js";
import { faultTable } from "../../scripts/reliability/table.js";
import { methods, promised, turns, type Cell } from "./support/cell.js";
import { allFaults } from "./support/faults.js";
import { runCell } from "./support/run-cell.js";

const cases = methods.flatMap((method) => turns.map((turn) => ({ method, turn })));
const cells: Cell[] = [];

describe.each(allFaults)("$name", (fault) => {
  test.each(cases)("$method, $turn attempt", async ({ method, turn }) => {
    const { result, error, requestId, askedMs } = await runCell(fault, method, turn);

    expect(result).toEqual(promised(fault, method, turn));
    if (error) {
      expect(error).toMatchObject({ attempts: result.sent, requestId });
      expect(error.message).toMatch(/It was not processed and not billed\.|It may have been/);
      if (fault.ending.asksMs) expect(askedMs).toBe(fault.ending.asksMs);
    }
    cells.push({ fault: fault.name, method, turn, result });
  });
});

/** By policy, independently of the promises of single cells. */
test("no cell of the fault matrix charges twice, and none charges for what was rejected", () => {
  for (const { result, ...cell } of cells) {
    expect(result.charges, JSON.stringify(cell)).toBeLessThanOrEqual(1);
    if (result.outcome === "rejected") expect(result.charges, JSON.stringify(cell)).toBe(0);
    if (cell.method === "POST" && !result.error) expect(result.charges).toBe(1);
  }
});

const document = "docs/reliability.md";

/** The script that writes the table sets this to receive the results of the run. */
const resultsFile = process.env["FAULT_MATRIX_RESULTS"];

afterAll(async () => {
  if (resultsFile) await writeFile(resultsFile, JSON.stringify(cells));
});

test.skipIf(resultsFile)(`the fault matrix in ${document} shows this run`, async () => {
  expect(cells).toHaveLength(allFaults.length * cases.length);
  const written = await readFile(document, "utf8");
  expect(written, "npm run reliability writes it anew").toBe(withTable(written, faultTable(cells)));
});
