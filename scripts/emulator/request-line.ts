import { colors } from "../lib/colors.js";
import type { RequestRecord } from "pikzels-client/emulator";
import { printable } from "../lib/printable.js";

/** A request on one line: when, what, how it ended, and its cost. Never a key or a body. */
export function requestLine(record: RequestRecord): string {
  const { at, method, path, status, code, fault, usd, ms } = record;
  const outcome = [status ?? "no answer", code, fault && `fault: ${fault}`]
    .filter(Boolean)
    .join(" ");
  const isFine = fault === undefined && status !== undefined && status < 400;
  return [
    colors.dim(at.toISOString().slice(11, 19)),
    `${method.padEnd(6)} ${printable(path)}`,
    isFine ? colors.green(outcome) : colors.red(outcome),
    colors.dim(`${Math.round(ms)} ms`),
    ...(usd > 0 ? [dollars(usd)] : []),
  ].join("  ");
}

export function dollars(usd: number): string {
  return `$${usd.toFixed(2)}`;
}
