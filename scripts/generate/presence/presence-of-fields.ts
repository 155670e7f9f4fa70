import { isObject, isStringArray, objectAt, type JsonObject } from "../../../src/openapi/json.js";
import { conjuncts, decidingFields, type Condition } from "./condition.js";
import { PresenceReader } from "./read-presence.js";
import { ANNOTATIONS, isAnything, isOnlyPresence, saySame, type Reading } from "./reading.js";
import { rulesOf, type PresenceRule } from "./rules.js";
import { solve, type PresenceConstraint, type Solution } from "./solve.js";

/** What an object schema says about which of its fields go together. */
export interface FieldPresence {
  /**
   * Each relation between fields, in a form that does not depend on how the schema expresses it.
   */
  constraints: PresenceConstraint[];
  /** The relations that have names. */
  rules: PresenceRule[];
  /**
   * The schema without the parts that express the relations, but with fields that are always or
   * never present marked as such.
   */
  rest: JsonObject;
  /** What could not be worked out, and what that means, for a warning. */
  unread: string[];
}

/** Keywords that can be a condition on presence. */
const CONDITIONS = [
  "oneOf",
  "anyOf",
  "not",
  "dependentRequired",
  "dependentSchemas",
  "if",
  "minProperties",
  "maxProperties",
];

/** Keywords that are removed with a condition, because they have no meaning without it. */
const BELONGING: Partial<Record<string, string[]>> = { if: ["then", "else"] };

/**
 * Makes a function that reads which fields of an object exclude or need each other: from every
 * keyword of its schema, and every member of its `allOf`, that concerns only the presence of
 * fields, and from alternatives that differ only in which of the same fields they have.
 */
export function presenceReader(document: JsonObject): (schema: JsonObject) => FieldPresence {
  const reader = new PresenceReader(document);
  return (schema) => {
    const { conditions, rest } = takeConditions(reader, schema);
    if (conditions.length === 0) return { constraints: [], rules: [], rest, unread: [] };
    const context = contextOf(reader, schema);
    const known = new Set(Object.keys(objectAt(rest, "properties")));
    const solution = solve([...conditions, ...context], known);
    const named = solution.constraints.map((constraint) => ({
      constraint,
      ...rulesOf(constraint),
    }));
    return {
      constraints: solution.constraints,
      rules: named.flatMap(({ rules }) => rules),
      rest: withSingleFields(rest, solution),
      unread: [
        ...solution.contradictory.map(
          (fields) =>
            `no request can meet what it says about ${fields.join(", ")}; its types ignore it`,
        ),
        ...solution.tooMany.map(
          (fields) =>
            `relates too many fields (${fields.join(", ")}) to tell what it says; its types ignore it`,
        ),
        ...named
          .filter(({ areComplete }) => !areComplete)
          .map(
            ({ constraint: { fields } }) =>
              `relates ${fields.join(", ")} in a way that only the types can say, not the client`,
          ),
      ],
    };
  };
}

function takeConditions(reader: PresenceReader, schema: JsonObject) {
  const conditions: Condition[] = [];
  let rest = { ...schema };
  const take = (reading: Reading, members: unknown): boolean => {
    const found = conjuncts(reading.condition).filter(
      (one) => decidingFields(one, new Set()).size > 0,
    );
    if (found.length === 0) return false;
    if (!isOnlyPresence(reading)) {
      if (!differInPresenceOnly(reader, members, reading) || !canJoin(rest, reading)) return false;
      rest = withFields(rest, reading);
    }
    conditions.push(...found);
    return true;
  };

  for (const keyword of CONDITIONS) {
    if (!(keyword in schema) || !take(reader.readKeyword(keyword, schema), schema[keyword]))
      continue;
    for (const gone of [keyword, ...(BELONGING[keyword] ?? [])]) Reflect.deleteProperty(rest, gone);
  }
  if (Array.isArray(schema["allOf"])) {
    const others = schema["allOf"].filter(
      (member) => !take(reader.read(member), alternativesOf(member)),
    );
    if (others.length > 0) rest["allOf"] = others;
    else delete rest["allOf"];
  }
  return { conditions, rest };
}

/** The alternatives of a schema that consists of nothing else. */
function alternativesOf(schema: unknown): unknown {
  if (!isObject(schema)) return undefined;
  const [keyword = "", ...others] = Object.keys(schema).filter((key) => !ANNOTATIONS.has(key));
  const isUnion = keyword === "oneOf" || keyword === "anyOf";
  return isUnion && others.length === 0 ? schema[keyword] : undefined;
}

/**
 * Whether alternatives give the same fields the same schemas, each can be distinguished by which of
 * them it has, and spelling that out takes no more alternatives than there are.
 */
function differInPresenceOnly(
  reader: PresenceReader,
  members: unknown,
  { condition, isComplete }: Reading,
): boolean {
  if (!isComplete || !Array.isArray(members)) return false;
  const { constraints, tooMany, contradictory } = solve([condition]);
  if (tooMany.length > 0 || contradictory.length > 0 || constraints.length === 0) return false;
  if (constraints.some(({ alternatives }) => alternatives.length > members.length)) return false;
  const isReachable = (member: unknown) =>
    solve([reader.read(member).condition, condition]).contradictory.length === 0;
  return members.every(isReachable);
}

/** Whether the schema itself gives the fields of its alternatives no other schemas. */
function canJoin(rest: JsonObject, { fields }: Reading): boolean {
  const properties = objectAt(rest, "properties");
  return [...fields].every(
    ([field, [schema]]) =>
      isAnything(propertyOf(properties, field)) || saySame(properties[field], schema),
  );
}

function withFields(rest: JsonObject, { fields, isClosed }: Reading): JsonObject {
  const properties = objectAt(rest, "properties");
  const added = [...fields].filter(([field]) => isAnything(propertyOf(properties, field)));
  return {
    type: "object",
    ...(isClosed ? { additionalProperties: false } : {}),
    ...rest,
    properties: {
      ...properties,
      ...Object.fromEntries(added.map(([field, [schema]]) => [field, schema])),
    },
  };
}

function propertyOf(properties: JsonObject, field: string): unknown {
  return Object.hasOwn(properties, field) ? properties[field] : true;
}

/** What the schema itself says about single fields. */
function contextOf(reader: PresenceReader, schema: JsonObject): Condition[] {
  return ["required", "additionalProperties"]
    .filter((keyword) => keyword in schema)
    .flatMap((keyword) => conjuncts(reader.readKeyword(keyword, schema).condition));
}

function withSingleFields(rest: JsonObject, { required, absent }: Solution): JsonObject {
  const listed = isStringArray(rest["required"]) ? rest["required"] : [];
  const properties = objectAt(rest, "properties");
  const isClosed = rest["additionalProperties"] === false;
  const forbidden = absent.filter((field) => Object.hasOwn(properties, field) || !isClosed);
  const added = required.filter((field) => !listed.includes(field));
  return {
    ...rest,
    ...(added.length > 0 ? { required: [...listed, ...added] } : {}),
    ...(forbidden.length > 0
      ? {
          properties: {
            ...properties,
            ...Object.fromEntries(forbidden.map((field) => [field, false])),
          },
        }
      : {}),
  };
}
