import { isObject, isStringArray, type JsonObject } from "../../src/openapi/json.js";
import type { ResolveRef } from "./load-spec.js";

/** A condition on which fields of an object are there, whatever their values. */
export interface PresenceFormula {
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
export function presenceFormulas(
  schema: unknown,
  resolve: ResolveRef,
  followed: ReadonlySet<string> = new Set(),
): PresenceFormula[] | undefined {
  if (schema === true) return [];
  if (schema === false) return [NEVER];
  if (!isObject(schema)) return undefined;
  const conditions = Object.entries(schema).map(([keyword, value]) =>
    readKeyword(keyword, value, schema, (inner) => presenceFormulas(inner, resolve, followed)),
  );
  return together(conditions);

  function readKeyword(keyword: string, value: unknown, parent: JsonObject, read: Read) {
    if (keyword !== "$ref") return KEYWORDS[keyword]?.(value, read, parent) ?? ignored(keyword);
    if (typeof value !== "string" || followed.has(value)) return undefined;
    return presenceFormulas(resolve(value), resolve, new Set([...followed, value]));
  }
}

type Read = (schema: unknown) => PresenceFormula[] | undefined;
type ReadKeyword = (
  value: unknown,
  read: Read,
  parent: JsonObject,
) => PresenceFormula[] | undefined;

const NEVER: PresenceFormula = { fields: new Set(), holds: () => false };

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

function ignored(keyword: string): PresenceFormula[] | undefined {
  return ANNOTATIONS.has(keyword) || keyword.startsWith("x-") ? [] : undefined;
}

function readProperty([field, schema]: [string, unknown]): PresenceFormula[] | undefined {
  if (isAnything(schema)) return [];
  return isNothing(schema) ? [negation(isPresent(field))] : undefined;
}

function readDependency([field, needs]: [string, unknown]): PresenceFormula[] | undefined {
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
): PresenceFormula[] | undefined {
  if (!Array.isArray(schemas)) return undefined;
  const members: PresenceFormula[][] = [];
  for (const schema of schemas) {
    const formulas = read(schema);
    if (!formulas) return undefined;
    members.push(formulas);
  }
  return [
    {
      fields: new Set(members.flat().flatMap(({ fields }) => [...fields])),
      holds: (present) =>
        verdict(members.filter((formulas) => formulas.every((one) => one.holds(present))).length),
    },
  ];
}

function together(parts: (PresenceFormula[] | undefined)[]): PresenceFormula[] | undefined {
  return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
}

function isPresent(field: string): PresenceFormula {
  return { fields: new Set([field]), holds: (present) => present.has(field) };
}

function negation({ fields, holds }: PresenceFormula): PresenceFormula {
  return { fields, holds: (present) => !holds(present) };
}

function isAnything(schema: unknown): boolean {
  return schema === true || (isObject(schema) && Object.keys(schema).length === 0);
}

/** `{ not: {} }` is how OpenAPI 3.0, which has no boolean schemas, says "no value will do". */
function isNothing(schema: unknown): boolean {
  if (schema === false) return true;
  return isObject(schema) && Object.keys(schema).join() === "not" && isAnything(schema["not"]);
}
