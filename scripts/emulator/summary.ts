import type { LedgerView, Stats } from "pikzels-client/emulator";
import { dollars } from "./request-line.js";

/** The summary of an emulator run: the requests, and the charges of each operation. */
export function summaryLines(stats: Stats, ledger: LedgerView): string[] {
  const charged = new Map<string, { count: number; usd: number }>();
  for (const { operation, usd } of ledger.charges) {
    const sum = charged.get(operation) ?? { count: 0, usd: 0 };
    charged.set(operation, { count: sum.count + Math.sign(usd), usd: sum.usd + usd });
  }
  const width = Math.max(0, ...[...charged.keys()].map((operation) => operation.length));
  const rows = [...charged].map(
    ([operation, { count, usd }]) =>
      `  ${operation.padEnd(width)}  ${String(count).padStart(5)}  ${dollars(usd).padStart(9)}`,
  );
  const requests = stats.requests === 1 ? "1 request" : `${stats.requests} requests`;
  return [
    `stopped after ${requests}, at most ${stats.maxInFlight} at a time; charged ${dollars(ledger.total)}`,
    ...rows,
  ];
}
