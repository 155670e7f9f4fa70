import { isObject, isStringArray, type JsonObject } from "../../../src/openapi/json.js";
import { valueAt } from "../../../src/openapi/pointer.js";

/** A condition on which fields of an object are present, whatever their values. */
export interface PresenceCondition {
  fields: ReadonlySet<string>;
  holds: (present: ReadonlySet<string>) => boolean;
}

/** Keywords that say nothing about what is valid. */
const ANNOTATIONS = new Set(["title", "description", "$comment", "example", "examples"]);

/**
 * Reads a schema that speaks only of the presence of fields, as in
 * `{ oneOf: [{ required: ["a"], not: { required: ["b"] } }, …] }`, as conditions that must all hold.
 *
 * @returns `undefined` for a schema that also restricts values: it is not of this kind.
 */
export function presenceConditions(
  document: JsonObject,
  schema: unknown,
  followed: ReadonlySet<string> = new Set(),
): PresenceCondition[] | undefined {
  if (schema === true) return [];
  if (schema === false) return [NEVER];
  if (!isObject(schema)) return undefined;
  const parts = Object.entries(schema).map(([keyword, value]) =>
    readKeyword(keyword, value, schema, (inner) => presenceConditions(document, inner, followed)),
  );
  return together(parts);

  function readKeyword(keyword: string, value: unknown, parent: JsonObject, read: Read) {
    if (keyword !== "$ref") return KEYWORDS[keyword]?.(value, read, parent) ?? ignored(keyword);
    if (typeof value !== "string" || followed.has(value)) return undefined;
    return presenceConditions(document, valueAt(document, value), new Set([...followed, value]));
  }
}

type Read = (schema: unknown) => PresenceCondition[] | undefined;
type ReadKeyword = (
  value: unknown,
  read: Read,
  parent: JsonObject,
) => PresenceCondition[] | undefined;

const NEVER: PresenceCondition = { fields: new Set(), holds: () => false };

const KEYWORDS: Partial<Record<string, ReadKeyword>> = {
  type: (value) => (value === "object" ? [] : undefined),
  additionalProperties: (value) => (isAnything(value) ? [] : undefined),
  required: (value) => (isStringArray(value) ? value.map(isPresent) : undefined),
  properties: (value) =>
    isObject(value) ? together(Object.entries(value).map(readProperty)) : undefined,
  dependentRequired: (value) =>
    isObject(value) ? together(Object.entries(value).map(readDependency)) : undefined,
  allOf: (value, read) => (Array.isArray(value) ? together(value.map(read)) : undefined),
  anyOf: (value, read) => combine(value, read, (holding) => holding >= 1),
  oneOf: (value, read) => combine(value, read, (holding) => holding === 1),
  not: (value, read) => combine([value], read, (holding) => holding === 0),
  if: (value, read, { then: consequence = true, else: alternative = true }) =>
    combine(
      [{ allOf: [value, consequence] }, { allOf: [{ not: value }, alternative] }],
      read,
      (holding) => holding >= 1,
    ),
  then: (_value, _read, parent) => ("if" in parent ? [] : undefined),
  else: (_value, _read, parent) => ("if" in parent ? [] : undefined),
};

function ignored(keyword: string): PresenceCondition[] | undefined {
  return ANNOTATIONS.has(keyword) || keyword.startsWith("x-") ? [] : undefined;
}

function readProperty([field, schema]: [string, unknown]): PresenceCondition[] | undefined {
  if (isAnything(schema)) return [];
  return isNothing(schema) ? [negation(isPresent(field))] : undefined;
}

function readDependency([field, needs]: [string, unknown]): PresenceCondition[] | undefined {
  if (!isStringArray(needs)) return undefined;
  return needs.map((need) => ({
    fields: new Set([field, need]),
    holds: (present) => !present.has(field) || present.has(need),
  }));
}

function combine(
  schemas: unknown,
  read: Read,
  verdict: (holding: number) => boolean,
): PresenceCondition[] | undefined {
  if (!Array.isArray(schemas)) return undefined;
  const members: PresenceCondition[][] = [];
  for (const schema of schemas) {
    const conditions = read(schema);
    if (!conditions) return undefined;
    members.push(conditions);
  }
  return [
    {
      fields: new Set(members.flat().flatMap(({ fields }) => [...fields])),
      holds: (present) =>
        verdict(
          members.filter((conditions) => conditions.every((one) => one.holds(present))).length,
        ),
    },
  ];
}

function together(parts: (PresenceCondition[] | undefined)[]): PresenceCondition[] | undefined {
  return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
}

function isPresent(field: string): PresenceCondition {
  return { fields: new Set([field]), holds: (present) => present.has(field) };
}

function negation({ fields, holds }: PresenceCondition): PresenceCondition {
  return { fields, holds: (present) => !holds(present) };
}

function isAnything(schema: unknown): boolean {
  return schema === true || (isObject(schema) && Object.keys(schema).length === 0);
}

/** OpenAPI 3.0 has no boolean schemas and writes "no value is valid" as `{ not: {} }`. */
function isNothing(schema: unknown): boolean {
  if (schema === false) return true;
  return isObject(schema) && Object.keys(schema).join() === "not" && isAnything(schema["not"]);
}
