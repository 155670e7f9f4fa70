import { isStringArray, objectAt, type JsonObject } from "../../../src/openapi/json.js";
import { presenceConditions, type PresenceCondition } from "./conditions.js";
import {
  ruleOf,
  solve,
  type KnownPresence,
  type PresenceConstraint,
  type PresenceRule,
} from "./solve.js";

/** What an object schema says about which of its fields go together. */
export interface FieldPresence {
  constraints: PresenceConstraint[];
  rules: PresenceRule[];
  /** The schema without the parts that say it. */
  rest: JsonObject;
  /** What could not be read off, and what that means, for a warning. */
  unread: string[];
}

/** Keywords that stand on a schema directly and can be a condition on presence. */
const CONDITIONS = ["oneOf", "anyOf", "not", "dependentRequired", "if"] as const;
const CONSEQUENCES = ["then", "else"] as const;

/**
 * Reads which fields of an object exclude or need each other: every member of its `allOf`, and
 * every `oneOf`, `anyOf`, `not`, `dependentRequired` or `if` beside its properties, that speaks only
 * of the presence of fields.
 */
export function presenceOfFields(document: JsonObject, schema: JsonObject): FieldPresence {
  const { conditions, rest } = takeConditions(document, schema);
  const known = knownPresence(schema);
  const constraints: PresenceConstraint[] = [];
  const rules: PresenceRule[] = [];
  const unread: string[] = [];
  for (const group of relatedConditions(conditions)) {
    const fields = [...new Set(group.flatMap((condition) => [...condition.fields]))].join(", ");
    const constraint = solve(group, known);
    if (!constraint || constraint.alternatives.length === 0) {
      unread.push(
        constraint
          ? `no request can meet what it says about ${fields}; its types ignore it`
          : `relates too many fields (${fields}) to tell what it says; its types ignore it`,
      );
      continue;
    }
    if (constraint.fields.length > 0) constraints.push(constraint);
    const named = nameRules(constraint, group, known);
    if (named) rules.push(...named);
    else unread.push(`relates ${fields} in a way that only the types can say, not the client`);
  }
  return { constraints, rules, rest, unread };
}

function takeConditions(document: JsonObject, schema: JsonObject) {
  const conditions: PresenceCondition[] = [];
  const take = (part: unknown): boolean => {
    const found = presenceConditions(document, part)?.filter(({ fields }) => fields.size > 0) ?? [];
    conditions.push(...found);
    return found.length > 0;
  };

  const rest = { ...schema };
  for (const keyword of CONDITIONS) {
    if (!(keyword in schema)) continue;
    const taken = keyword === "if" ? ["if", ...CONSEQUENCES] : [keyword];
    const part = Object.fromEntries(
      taken.flatMap((key) => (key in schema ? [[key, schema[key]]] : [])),
    );
    if (take(part)) for (const key of taken) Reflect.deleteProperty(rest, key);
  }
  if (Array.isArray(schema["allOf"])) {
    const others = schema["allOf"].filter((member) => !take(member));
    if (others.length > 0) rest["allOf"] = others;
    else delete rest["allOf"];
  }
  return { conditions, rest };
}

function knownPresence(schema: JsonObject): KnownPresence {
  const required = isStringArray(schema["required"]) ? schema["required"] : [];
  const properties = objectAt(schema, "properties");
  const isClosed = schema["additionalProperties"] === false && !("patternProperties" in schema);
  return (field) => {
    if (isClosed && !Object.hasOwn(properties, field)) return false;
    return required.includes(field) ? true : undefined;
  };
}

/** Conditions that share a field are read together: "at least one" and "not both" is "exactly one". */
function relatedConditions(conditions: readonly PresenceCondition[]): PresenceCondition[][] {
  let groups: PresenceCondition[][] = [];
  for (const condition of conditions) {
    const isRelated = (group: PresenceCondition[]) =>
      group.some(({ fields }) => [...fields].some((field) => condition.fields.has(field)));
    const related = groups.filter(isRelated);
    groups = [
      ...groups.filter((group) => !related.includes(group)),
      [...related.flat(), condition],
    ];
  }
  return groups;
}

/** A group of conditions under one name, or else each of them under its own. */
function nameRules(
  constraint: PresenceConstraint,
  group: readonly PresenceCondition[],
  known: KnownPresence,
): PresenceRule[] | undefined {
  // A single alternative is a plain list of required and absent fields, not a relation.
  if (constraint.alternatives.length === 1) return [];
  const whole = ruleOf(constraint);
  if (whole) return [whole];
  const rules = group.map((condition) => {
    const part = solve([condition], known);
    return part && ruleOf(part);
  });
  return rules.includes(undefined) ? undefined : rules.flatMap((rule) => rule ?? []);
}
