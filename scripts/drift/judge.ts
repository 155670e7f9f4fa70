import type { Comparison } from "./compare/compare-documents.js";
import { meaningOf } from "./compare/meaning.js";
import { usesOf } from "./compare/uses.js";
import { Findings, type Finding } from "./findings.js";
import { levels } from "./levels.js";
import { ruleOf } from "./rules.js";

/** Says what each change means, once, with every operation that it reaches; worst first. */
export function judge({ differences, schemas }: Comparison): Finding[] {
  const findings = new Findings();
  for (const { change, operation, direction } of differences) {
    const level = ruleOf(change.rule)[direction ?? "request"];
    const reach =
      operation === undefined ? undefined : { operation, direction: direction ?? null, level };
    findings.add(change, change.rule, level, reach);
  }
  for (const { node, use, offWire, isSelf } of usesOf(schemas)) {
    const { operation, direction } = use;
    const isOptionalParameter = isSelf && use.isOptionalParameter;
    for (const change of node.changes) {
      const { rule, level } = meaningOf(change, { ...use, isOptionalParameter }, offWire);
      findings.add(change, rule, level, { operation, direction, level });
    }
  }
  return findings.all().sort(worstFirst);
}

function worstFirst(left: Finding, right: Finding): number {
  return (
    levels.indexOf(left.level) - levels.indexOf(right.level) ||
    left.base.pointer.localeCompare(right.base.pointer) ||
    left.text.localeCompare(right.text)
  );
}
