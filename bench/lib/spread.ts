/** Several measurements of the same thing. */
export interface Spread {
  median: number;
  min: number;
  max: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const lower = sorted[Math.floor(middle)] ?? NaN;
  const upper = sorted[Math.ceil(middle)] ?? NaN;
  return { median: (lower + upper) / 2, min: sorted[0] ?? NaN, max: sorted.at(-1) ?? NaN };
}

/** `1.20 (1.15–1.31)`: the median, then the lowest and the highest. */
export function formatSpread({ median, min, max }: Spread, digits: number): string {
  const [middle, low, high] = [median, min, max].map((value) => value.toFixed(digits));
  return `${middle ?? ""} (${low ?? ""}–${high ?? ""})`;
}
