import { operationOption } from "./batch/operation-option.js";
import type { CliCommand } from "./command.js";
import type { Terminal } from "./terminal/terminal.js";
import { counted } from "./terminal/text.js";

/** `estimate FILE`: what a batch will cost. */
export const estimateCommand: CliCommand = {
  name: "estimate",
  args: "<file>",
  summary: "Shows what the jobs of a batch file will cost; sends nothing.",
  define(command, { terminal }) {
    command
      .addOption(operationOption())
      .option("--json", "prints it as JSON")
      .action(async (file: string, flags: EstimateFlags) => {
        await estimate(file, flags, terminal);
      });
  },
};

interface EstimateFlags {
  operation?: string;
  json?: boolean;
}

interface Estimate {
  rows: number;
  low: number;
  high: number;
  /** Rows of which no price is known. */
  unpriced: number;
}

async function estimate(file: string, flags: EstimateFlags, { stdout }: Terminal): Promise<void> {
  const { readRows } = await import("./batch/rows.js");
  const { costOf } = await import("./operations/prices.js");
  const { dollars } = await import("./operations/price-list.js");
  const operations = new Map<string, Estimate>();
  const total: Estimate = { rows: 0, low: 0, high: 0, unpriced: 0 };
  for await (const { operation, values } of readRows(file, flags.operation)) {
    const cost = costOf({ operation, body: values });
    const own = operations.get(operation.name) ?? { rows: 0, low: 0, high: 0, unpriced: 0 };
    operations.set(operation.name, own);
    for (const sum of [own, total]) {
      sum.rows++;
      sum.low += cost?.low ?? 0;
      sum.high += cost?.high ?? 0;
      sum.unpriced += cost ? 0 : 1;
    }
  }
  if (flags.json) {
    stdout.write(
      `${JSON.stringify({ ...total, operations: Object.fromEntries(operations) }, null, 2)}\n`,
    );
    return;
  }
  const rows = [...operations, ["total", total] as const].map(
    ([name, { rows, unpriced, ...cost }]) => {
      const note = unpriced > 0 ? ` (${unpriced} of unknown price)` : "";
      return [name, counted(rows, "row"), `${dollars(cost)}${note}`] as const;
    },
  );
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const [name, count, cost] of rows) {
    stdout.write(`${name.padEnd(widths[0] ?? 0)}  ${count.padStart(widths[1] ?? 0)}  ${cost}\n`);
  }
}
