import { formatSpread, type Spread } from "./spread.js";
import { table } from "./table.js";
import type { Measurement } from "./take-turns.js";

/** Shows the cost of each contender, in absolute figures and relative to one of them. */
export function costTable(
  rows: readonly Measurement[],
  relative: { to: string; heading: string },
): string {
  const other = rows.find(({ contender }) => contender === relative.to);
  const { heading } = relative;
  return table(
    ["", "wall time, s", heading, "CPU time, s", heading, "peak memory, MB", heading],
    rows.map(({ contender, wallMs, cpuMs, peakMb }) => [
      contender,
      formatSpread(scaled(wallMs, 1 / 1000), 2),
      ratio(wallMs, other?.wallMs),
      formatSpread(scaled(cpuMs, 1 / 1000), 2),
      ratio(cpuMs, other?.cpuMs),
      formatSpread(peakMb, 0),
      ratio(peakMb, other?.peakMb),
    ]),
  );
}

function scaled({ median, min, max }: Spread, factor: number): Spread {
  return { median: median * factor, min: min * factor, max: max * factor };
}

function ratio(own: Spread, other: Spread | undefined): string {
  return other ? `${((own.median / other.median) * 100).toFixed(0)} %` : "";
}
