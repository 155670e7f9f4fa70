import type { PresenceConstraint } from "./solve.js";
import { isSet, truthTable, type TruthTable } from "./truth-table.js";

/** A relation between fields that has a name, so that the client can check it before sending. */
export interface PresenceRule {
  kind: PresenceRuleKind;
  fields: string[];
}

type PresenceRuleKind = keyof typeof RULE_KINDS;

/**
 * Each kind, defined by which of its fields may be present. If two kinds fit, the first is used.
 */
const RULE_KINDS = {
  "exactly-one": (present) => countOf(present) === 1,
  "all-or-none": (present) => [0, present.length].includes(countOf(present)),
  "at-most-one": (present) => countOf(present) <= 1,
  "at-least-one": (present) => countOf(present) >= 1,
  /** If the first field is present, all others must be: a one-way `dependentRequired`. */
  requires: (present) => !present[0] || present.every(Boolean),
} satisfies Record<string, (present: readonly boolean[]) => boolean>;

function countOf(present: readonly boolean[]): number {
  return present.filter(Boolean).length;
}

export interface NamedRules {
  /** They reject nothing that the constraint allows. */
  rules: PresenceRule[];
  /** Whether they reject everything that it does not allow. */
  areComplete: boolean;
}

/** The fewest rules that express as much of a constraint as rules can. */
export function rulesOf({ table }: PresenceConstraint): NamedRules {
  const chosen: PresenceRule[] = [];
  for (const rule of candidateRules(table.fields)) {
    if (implies(table.rows, rule, table) && !implies(conjunction(chosen, table), rule, table)) {
      chosen.push(rule);
    }
  }
  const rules = chosen.reduce((kept, rule) => {
    const others = kept.filter((other) => other !== rule);
    return implies(conjunction(others, table), rule, table) ? others : kept;
  }, chosen);
  const said = conjunction(rules, table);
  return { rules, areComplete: table.rows.every((holds, row) => holds === said[row]) };
}

/** Every rule about some of the fields, strongest first. */
function candidateRules(fields: readonly string[]): PresenceRule[] {
  const subsets = truthTable(fields, () => true)
    .rows.map((_, row) => fields.filter((_field, index) => isSet(row, index)))
    .filter((subset) => subset.length > 1)
    .sort((a, b) => b.length - a.length);
  const orderedPairs = fields.flatMap((one) =>
    fields.flatMap((other) => (other === one ? [] : [[one, other]])),
  );
  const ofKind = (kind: PresenceRuleKind, from: string[][]) =>
    from.map((subset) => ({ kind, fields: subset }));
  return [
    ...ofKind("exactly-one", subsets),
    ...ofKind("all-or-none", subsets),
    ...ofKind("at-most-one", subsets),
    ...ofKind("at-least-one", subsets.toReversed()),
    ...ofKind("requires", orderedPairs),
  ];
}

function conjunction(rules: readonly PresenceRule[], table: TruthTable): boolean[] {
  return table.rows.map((_, row) => rules.every((rule) => allows(rule, row, table.fields)));
}

function implies(rows: readonly boolean[], rule: PresenceRule, { fields }: TruthTable): boolean {
  return rows.every((holds, row) => !holds || allows(rule, row, fields));
}

function allows(rule: PresenceRule, row: number, fields: readonly string[]): boolean {
  return RULE_KINDS[rule.kind](rule.fields.map((field) => isSet(row, fields.indexOf(field))));
}
