import type { Finding, Reach } from "../findings.js";

/** Findings that reach the same operations. */
export interface Group {
  /** None where they concern the document as a whole. */
  operations: string[];
  findings: Finding[];
}

/**
 * Groups findings by the operations that they reach, so that each is said once, also where it
 * reaches many. The order stays: a group stands where its worst finding stood.
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

/** In which direction a finding is felt: `request`, `response`, `request and response`. */
export function directionsOf(reaches: readonly Reach[]): string {
  const present = new Set(reaches.map(({ direction }) => direction));
  return (["request", "response"] as const)
    .filter((direction) => present.has(direction))
    .join(" and ");
}
