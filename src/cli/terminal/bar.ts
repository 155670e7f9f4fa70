/** Columns below which a bar has half its length, so that what is said beside it fits. */
const WIDE = 60;

/** A bar of blocks, for a share from 0 to 1 on a terminal of so many columns. */
export function bar(share: number, columns: number): string {
  const length = columns < WIDE ? 10 : 20;
  const done = Math.round(share * length);
  return "█".repeat(done) + "░".repeat(length - done);
}
