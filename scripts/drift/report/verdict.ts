import type { Drift, FailOn } from "../drift.js";
import { isDrift } from "../drift.js";
import { levels } from "../levels.js";

/** How many findings there are, by level, and how many are not counted. */
export function countsOf({ findings, accepted, stale }: Drift) {
  const [breaking, additive, docs] = levels.map(
    (level) => findings.filter((finding) => finding.level === level).length,
  );
  return {
    breaking: breaking ?? 0,
    additive: additive ?? 0,
    docs: docs ?? 0,
    accepted: accepted.length,
    stale: stale.length,
  };
}

/** All of it in one line. */
export function verdictOf(drift: Drift, failOn: FailOn): string {
  const { breaking, additive, docs, accepted } = countsOf(drift);
  const aside = accepted > 0 ? ` (${accepted} accepted)` : "";
  if (breaking + additive + docs === 0)
    return `No drift: ${drift.published} is what ${drift.base} says${aside}.`;
  const counts = `${breaking} breaking, ${additive} additive, ${docs} docs${aside}`;
  return isDrift(drift.findings, failOn)
    ? `Drift: ${counts}; ${drift.published} differs from ${drift.base}.`
    : `No drift at the level ${failOn}: ${counts}.`;
}
