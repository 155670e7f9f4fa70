import type { PresenceCondition } from "./conditions.js";
import { everySubset, primeImplicants, type Alternative } from "./prime-implicants.js";

/** A named relation between fields, which the client can check before it sends. */
export interface PresenceRule {
  kind: PresenceRuleKind;
  fields: string[];
}

type PresenceRuleKind = keyof typeof RULE_KINDS;

/** What a condition comes to: the fields it is about, and the alternatives it leaves. */
export interface PresenceConstraint {
  fields: string[];
  alternatives: Alternative[];
}

/** What is known of a field without asking the condition: it is always there, or it never is. */
export type KnownPresence = (field: string) => boolean | undefined;

/** Each kind by how many of its fields may be there. */
const RULE_KINDS = {
  "exactly-one": (present: number) => present === 1,
  "at-most-one": (present: number) => present <= 1,
  "at-least-one": (present: number) => present >= 1,
  "all-or-none": (present: number, of: number) => present === 0 || present === of,
};

/** Beyond this many fields the truth table, and the type made from it, would be out of hand. */
const MAX_FIELDS = 8;

/**
 * Works out what a condition says, from its truth table: whatever way it is written, the same
 * condition gives the same answer. Fields that it mentions but does not depend on drop out.
 *
 * @returns `undefined` where it relates too many fields to tell.
 */
export function solve(
  conditions: readonly PresenceCondition[],
  known: KnownPresence,
): PresenceConstraint | undefined {
  const mentioned = new Set(conditions.flatMap(({ fields }) => [...fields]));
  const always = [...mentioned].filter((field) => known(field) === true);
  const open = [...mentioned].filter((field) => known(field) === undefined);
  if (open.length > MAX_FIELDS) return undefined;

  const alternatives = primeImplicants(open.length, (there) => {
    const present = new Set([...always, ...open.filter((_, index) => there[index])]);
    return conditions.every((condition) => condition.holds(present));
  });
  return onlyWhatMatters(open, alternatives);
}

function onlyWhatMatters(fields: string[], alternatives: Alternative[]): PresenceConstraint {
  const matters = fields.map((_, field) => alternatives.some((one) => one[field] !== "optional"));
  return {
    fields: fields.filter((_, field) => matters[field]),
    alternatives: alternatives.map((one) => one.filter((_, field) => matters[field])),
  };
}

/** The name of what a constraint demands, where it is a relation that has one. */
export function ruleOf({ fields, alternatives }: PresenceConstraint): PresenceRule | undefined {
  if (fields.length < 2) return undefined;
  const kind = (Object.keys(RULE_KINDS) as PresenceRuleKind[]).find((candidate) =>
    everySubset(fields.length).every(
      (present) =>
        allows(alternatives, present) ===
        RULE_KINDS[candidate](present.filter(Boolean).length, fields.length),
    ),
  );
  return kind && { kind, fields };
}

function allows(alternatives: readonly Alternative[], present: readonly boolean[]): boolean {
  return alternatives.some((alternative) =>
    alternative.every(
      (state, field) => state === "optional" || (state === "required") === present[field],
    ),
  );
}
