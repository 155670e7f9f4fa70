import { formatSpread, type Spread } from "../lib/spread.js";
import { table } from "../lib/table.js";

/** A measurement of ours beside theirs, and the target for their ratio. */
export interface Measure {
  what: string;
  comparedWith: string;
  unit: string;
  ours: Spread;
  theirs: Spread;
  /**
   * The limit on our median as a multiple of theirs; left out if the comparison is for information
   * only.
   */
  target?: { atMost: number } | { atLeast: number } | { below: number };
}

/** Our median as a multiple of theirs. */
export function ratioOf({ ours, theirs }: Measure): number {
  return ours.median / theirs.median;
}

/** `undefined` if there is no target. */
export function isMet(measure: Measure): boolean | undefined {
  const ratio = ratioOf(measure);
  const { target } = measure;
  if (!target) return undefined;
  if ("atMost" in target) return ratio <= target.atMost;
  return "atLeast" in target ? ratio >= target.atLeast : ratio < target.below;
}

/** `≤ 1.30`, with as many digits as the ratio. */
function formatTarget({ target }: Measure): string {
  if (!target) return "";
  if ("atMost" in target) return `≤ ${target.atMost.toFixed(2)}`;
  return "atLeast" in target ? `≥ ${target.atLeast.toFixed(2)}` : `< ${target.below.toFixed(2)}`;
}

export const HEAD = [
  "measured",
  "compared with",
  "unit",
  "ours",
  "theirs",
  "ratio",
  "target",
  "met",
];

/** The cells of one measure, in the order of `HEAD`. */
export function cellsOf(measure: Measure): string[] {
  const { what, comparedWith, unit, ours, theirs } = measure;
  // Three significant digits, whether the figure is 4.2 or 42,000.
  const digits = Math.max(0, 2 - Math.floor(Math.log10(theirs.median)));
  const isExact = ours.min === ours.max && theirs.min === theirs.max;
  const format = (spread: Spread) =>
    isExact ? spread.median.toFixed(digits) : formatSpread(spread, digits);
  const met = isMet(measure);
  return [
    ...[what, comparedWith, unit, format(ours), format(theirs), ratioOf(measure).toFixed(2)],
    ...[formatTarget(measure), met === undefined ? "" : met ? "yes" : "no"],
  ];
}

export function measuresTable(measures: readonly Measure[]): string {
  return table(HEAD, measures.map(cellsOf));
}
