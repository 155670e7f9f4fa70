import { fromPointer } from "../../../src/openapi/pointer.js";
import { toJsonText } from "../../lib/json-text.js";
import type { Acceptance } from "../acceptances.js";
import { type Drift, type FailOn, isDrift } from "../index.js";
import type { Finding, Reach } from "../findings.js";
import { levels } from "../rules.js";

/** How many findings there are at each level, and how many are not counted. */
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

/**
 * A text on one line, without anything that could control a terminal or hide in it: control
 * characters, and invisible ones that change the direction of writing.
 */
export function onOneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, " ").trim();
}

/** How a stale acceptance describes what it accepts. */
export function acceptedInWords({ id, pointer = "", rule = "" }: Acceptance): string {
  return id ?? `${pointer} ${rule}`.trim();
}

/** The result of the comparison in one line. */
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

/** Findings that reach the same operations. */
export interface Group {
  /** Empty if they concern the document as a whole. */
  operations: string[];
  findings: Finding[];
}

/**
 * Groups findings by the operations that they reach, so that a finding that reaches many is
 * reported once. The order is kept: a group takes the position of its worst finding.
 */
export function byOperations(findings: readonly Finding[]): Group[] {
  const groups = new Map<string, Group>();
  for (const finding of findings) {
    const operations = [...new Set(finding.reaches.map(({ operation }) => operation))].sort();
    const key = operations.join("\n");
    const group = groups.get(key) ?? { operations, findings: [] };
    groups.set(key, group);
    group.findings.push(finding);
  }
  return [...groups.values()];
}

/** `POST /a`, or `3 operations`, or the document. */
export function titleOf({ operations }: Group): string {
  const [first, ...others] = operations;
  if (first === undefined) return "The document";
  return others.length === 0 ? first : `${operations.length} operations`;
}

/** The direction in which a finding reaches operations: `request`, `response`, or both. */
export function directionsOf(reaches: readonly Reach[]): string {
  const present = new Set(reaches.map(({ direction }) => direction));
  return (["request", "response"] as const)
    .filter((direction) => present.has(direction))
    .join(" and ");
}

/** Keys that only say what the next key is. */
const STRUCTURAL = new Set(["properties", "content", "schema", "allOf", "application/json"]);

/** The keys of a pointer that are useful to a reader: `ErrorResponse.error.code.enum`. */
export function placeInWords(pointer: string): string {
  const keys = fromPointer(pointer);
  // Reports already name the operation, and a component's name says what kind it is.
  const start = { components: 2, paths: 3, webhooks: 3 }[keys[0] ?? ""] ?? 0;
  return keys
    .slice(start)
    .filter((key) => !STRUCTURAL.has(key))
    .join(".");
}

/** The report for programs; `spec/drift-report.schema.json` describes it. */
export function jsonReport(drift: Drift, failOn: FailOn): string {
  const { base, published, findings, accepted, stale } = drift;
  const report = {
    reportVersion: 1,
    base,
    published,
    failOn,
    drift: isDrift(findings, failOn),
    verdict: verdictOf(drift, failOn),
    summary: countsOf(drift),
    findings,
    accepted: accepted.map(({ finding, acceptance }) => ({
      ...finding,
      accepted: { reason: acceptance.reason, date: acceptance.date },
    })),
    stale,
  };
  return `${toJsonText(report)}\n`;
}
