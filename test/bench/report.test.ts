import { expect, test } from "vitest";
import { cellsOf, isMet, ratioOf, type Measure } from "../../bench/client/measure.js";
import { spreadOf } from "../../bench/lib/spread.js";
import { benchmarksPage } from "../../bench/report/page.js";
import { plot } from "../../bench/report/plot.js";
import type { Results } from "../../bench/report/results.js";

const measure: Measure = {
  what: "one call",
  comparedWith: "another client",
  unit: "µs",
  ours: spreadOf([12, 10, 14]),
  theirs: spreadOf([8, 10, 12]),
  target: { atMost: 1.3 },
};

const machine = {
  date: "2026-01-31T10:00:00.000Z",
  node: "v20.0.0",
  platform: "linux",
  processor: "2 × fast",
  memoryGb: 8,
};

function cost(contender: string, operations: number, seconds: number) {
  const wallMs = spreadOf([seconds * 1000]);
  return { contender, operations, wallMs, cpuMs: wallMs, peakMb: spreadOf([100]) };
}

const merge: Results = {
  suite: "merge",
  machine,
  rounds: 3,
  measures: [],
  costs: [
    cost("merge", 100, 0.5),
    cost("merge", 1000, 2),
    cost("other", 100, 1),
    cost("other", 1000, 4),
  ],
};

test("the ratio of the medians decides whether a target is met", () => {
  expect(ratioOf(measure)).toBeCloseTo(1.2);
  expect(isMet(measure)).toBe(true);
  expect(isMet({ ...measure, target: { atMost: 1.1 } })).toBe(false);
  expect(isMet({ ...measure, target: { atLeast: 1.3 } })).toBe(false);
  expect(isMet({ ...measure, ours: measure.theirs, target: { below: 1 } })).toBe(false);
  const { what, comparedWith, unit, ours, theirs } = measure;
  expect(isMet({ what, comparedWith, unit, ours, theirs })).toBeUndefined();
});

test("a row shows medians with their spread, the ratio, the target and the verdict", () => {
  expect(cellsOf(measure)).toEqual([
    ...["one call", "another client", "µs", "12.0 (10.0–14.0)", "10.0 (8.0–12.0)"],
    ...["1.20", "≤ 1.30", "yes"],
  ]);
});

test("the page shows the machine, the versions and every figure that was measured", () => {
  const client = { ...merge, suite: "client", measures: [measure], costs: [] };
  const manifest = JSON.stringify({ dependencies: { ky: "1.2.3", left: "9.9.9" } });
  const page = benchmarksPage([client, merge], [manifest]);
  expect(page).toContain("1 of 1 targets are met");
  expect(page).toContain("| one call | another client | µs | 12.0 (10.0–14.0) |");
  expect(page).toContain("| 1000 | other | 4.00 (4.00–4.00) |");
  expect(page).toContain("| merge | 2026-01-31 | 3 | v20.0.0 | linux | 2 × fast | 8 GiB |");
  expect(page).toContain("| ky | 1.2.3 |");
  expect(page).not.toContain("9.9.9");
});

test("the plot draws one line per contender, the more expensive one above", () => {
  const drawn = plot([merge]);
  const lines = [...drawn.matchAll(/points="[\d.]+,([\d.]+) /g)].map(([, y]) => Number(y));
  expect(lines).toHaveLength(2);
  const [ours = 0, theirs = 0] = lines;
  expect(theirs).toBeLessThan(ours);
});
