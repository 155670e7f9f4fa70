import { decidingFields, holds, namedFields, type Condition } from "./condition.js";
import { primeImplicants, type Alternative } from "./prime-implicants.js";
import { independentTables, truthTable, type TruthTable } from "./truth-table.js";

/** A relation between the presence of at least two fields. */
export interface PresenceConstraint {
  fields: readonly string[];
  /** An object meets the constraint if one of these describes it. */
  alternatives: Alternative[];
  table: TruthTable;
  /** The conditions that it was derived from. */
  conditions: readonly Condition[];
}

/** The meaning of conditions, regardless of how they are written. */
export interface Solution {
  /** No two of them share a field, and none can be split into independent ones. */
  constraints: PresenceConstraint[];
  /** Fields that are always present. */
  required: string[];
  /** Fields that are never present. */
  absent: string[];
  /** Fields of conditions that relate too many fields to be worked out. */
  tooMany: string[][];
  /** Fields of conditions that no object meets. */
  contradictory: string[][];
}

/** With more fields, the truth table and the type made from it would be too large. */
const MAX_FIELDS = 8;

/**
 * Works out what conditions mean together, from their truth table: the same rule gives the same
 * result, however it is written.
 *
 * @param known fields that the conditions need not name; a closed object excludes them.
 */
export function solve(
  conditions: readonly Condition[],
  known: ReadonlySet<string> = new Set(),
): Solution {
  const universe = new Set([...namedFields(conditions), ...known]);
  const solution: Solution = {
    constraints: [],
    required: [],
    absent: [],
    tooMany: [],
    contradictory: [],
  };
  for (const group of groupByFields(conditions, universe)) {
    const { always, never, open } = settledFields(group);
    if (open.length > MAX_FIELDS) {
      solution.tooMany.push(open);
      continue;
    }
    const table = truthTable(open, (present) => {
      const fields = new Set([...always, ...present]);
      return group.conditions.every((condition) => holds(condition, fields));
    });
    if (!table.rows.includes(true)) {
      solution.contradictory.push([...group.fields]);
      continue;
    }
    solution.required.push(...always);
    solution.absent.push(...never);
    for (const part of independentTables(table)) addPart(solution, part, group.conditions);
  }
  return solution;
}

function addPart(solution: Solution, table: TruthTable, conditions: readonly Condition[]): void {
  const [field = ""] = table.fields;
  if (table.fields.length > 1) {
    const { fields } = table;
    solution.constraints.push({
      fields,
      alternatives: primeImplicants(table),
      table,
      conditions,
    });
  } else if (!table.rows[0]) solution.required.push(field);
  else if (!table.rows[1]) solution.absent.push(field);
}

interface Group {
  conditions: Condition[];
  fields: Set<string>;
}

/** Conditions that share a field are combined: "at least one" and "not both" is "exactly one". */
function groupByFields(conditions: readonly Condition[], universe: ReadonlySet<string>): Group[] {
  let groups: Group[] = [];
  for (const condition of conditions) {
    const fields = decidingFields(condition, universe);
    const isRelated = (group: Group) => [...fields].some((field) => group.fields.has(field));
    const related = groups.filter(isRelated);
    groups = [
      ...groups.filter((group) => !related.includes(group)),
      {
        conditions: [...related.flatMap((group) => group.conditions), condition],
        fields: new Set([...related.flatMap((group) => [...group.fields]), ...fields]),
      },
    ];
  }
  return groups;
}

/**
 * Sets aside the fields that a single condition decides, so that the table covers only the others.
 */
function settledFields({ conditions, fields }: Group) {
  const always = new Set<string>();
  const never = new Set<string>();
  for (const condition of conditions) {
    if (condition.kind === "present") always.add(condition.field);
    else if (condition.kind === "only") {
      for (const field of fields) if (!condition.fields.has(field)) never.add(field);
    }
  }
  const open = [...fields].filter((field) => !always.has(field) && !never.has(field));
  return { always: [...always], never: [...never], open };
}
