/** A condition on which fields of an object are present, whatever their values. */
export type Condition =
  | { kind: "present"; field: string }
  /** No field but these is present. */
  | { kind: "only"; fields: ReadonlySet<string> }
  /** At least `min` and at most `max` of the members hold. */
  | { kind: "count"; members: readonly Condition[]; min: number; max: number };

export const ALWAYS: Condition = { kind: "count", members: [], min: 0, max: 0 };
export const NEVER: Condition = { kind: "count", members: [], min: 1, max: 1 };

export function isPresent(field: string): Condition {
  return { kind: "present", field };
}

export function all(members: readonly Condition[]): Condition {
  const [only, ...others] = members;
  if (only && others.length === 0) return only;
  return { kind: "count", members, min: members.length, max: members.length };
}

export function any(members: readonly Condition[]): Condition {
  return { kind: "count", members, min: 1, max: members.length };
}

export function exactlyOne(members: readonly Condition[]): Condition {
  return { kind: "count", members, min: 1, max: 1 };
}

export function not(member: Condition): Condition {
  return { kind: "count", members: [member], min: 0, max: 0 };
}

export function implies(condition: Condition, consequence: Condition): Condition {
  return any([not(condition), consequence]);
}

/** The conditions that a condition joins with "and", level by level. */
export function conjuncts(condition: Condition): Condition[] {
  const found = new Set<Condition>();
  const visit = (one: Condition) => {
    if (found.has(one)) return;
    found.add(one);
    if (isConjunction(one)) one.members.forEach(visit);
  };
  visit(condition);
  return [...found].filter((one) => !isConjunction(one));
}

function isConjunction(condition: Condition): condition is Condition & { kind: "count" } {
  if (condition.kind !== "count") return false;
  const { members, min, max } = condition;
  return min === members.length && max === members.length;
}

/** Every field that conditions name. */
export function namedFields(conditions: readonly Condition[]): Set<string> {
  const fields = new Set<string>();
  visitAll(conditions, (one) => {
    if (one.kind === "present") fields.add(one.field);
    else if (one.kind === "only") for (const field of one.fields) fields.add(field);
  });
  return fields;
}

/** The fields, among all known ones, whose presence can decide whether a condition holds. */
export function decidingFields(condition: Condition, known: ReadonlySet<string>): Set<string> {
  const fields = new Set<string>();
  visitAll([condition], (one) => {
    if (one.kind === "present") fields.add(one.field);
    else if (one.kind === "only") {
      for (const field of known) if (!one.fields.has(field)) fields.add(field);
    }
  });
  return fields;
}

/** Visits each condition once: schemas that refer to each other share theirs. */
function visitAll(conditions: readonly Condition[], visit: (condition: Condition) => void): void {
  const seen = new Set<Condition>();
  const pending = [...conditions].reverse();
  for (let one = pending.pop(); one; one = pending.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    visit(one);
    if (one.kind === "count") pending.push(...[...one.members].reverse());
  }
}

/** Whether a condition holds for an object that has these fields. */
export function holds(condition: Condition, present: ReadonlySet<string>): boolean {
  const known = new Map<Condition, boolean>();
  const evaluate = (one: Condition): boolean => {
    if (one.kind === "present") return present.has(one.field);
    if (one.kind === "only") return [...present].every((field) => one.fields.has(field));
    let result = known.get(one);
    if (result === undefined) {
      const holding = one.members.filter(evaluate).length;
      result = one.min <= holding && holding <= one.max;
      known.set(one, result);
    }
    return result;
  };
  return evaluate(condition);
}
