import { canonicalJson } from "../../openapi/equality.js";
import { isObject, listAt, objectAt, type JsonObject } from "../../openapi/json.js";
import { typesOf } from "./schema-reading.js";

/**
 * Combines two schemas into one that allows at most what both allow, as far as a sample needs it.
 * If a keyword cannot be combined, the second schema's value is kept; samples are validated
 * afterwards.
 */
export function mergeSchemas(first: JsonObject, second: JsonObject): JsonObject {
  const [left, right] = [withMinContains(first), withMinContains(second)];
  const merged: JsonObject = { ...left, ...right };
  for (const [keyword, merge] of Object.entries(mergers))
    if (left[keyword] !== undefined && right[keyword] !== undefined)
      merged[keyword] = merge(left[keyword], right[keyword]);
  return merged;
}

type Merge = (left: unknown, right: unknown) => unknown;

const mergers: Record<string, Merge> = {
  properties: mergeMaps,
  patternProperties: mergeMaps,
  dependentSchemas: mergeMaps,
  required: union,
  examples: (left, right) => [...toList(right), ...toList(left)],
  dependentRequired: mergeLists,
  type: (left, right) => sharedTypes(typesOf({ type: left }), typesOf({ type: right })),
  enum: shared,
  items: mergeSubschemas,
  additionalProperties: mergeSubschemas,
  propertyNames: mergeSubschemas,
  contains: mergeSubschemas,
  pattern: (left, right) => (left === right ? left : matchingBoth(String(left), String(right))),
  minimum: largest,
  exclusiveMinimum: largest,
  minLength: largest,
  minItems: largest,
  minContains: largest,
  minProperties: largest,
  maximum: smallest,
  exclusiveMaximum: smallest,
  maxLength: smallest,
  maxItems: smallest,
  maxProperties: smallest,
  uniqueItems: (left, right) => left === true || right === true,
  oneOf: (left, right) => toList(left).concat(toList(right)),
};

/** A pattern that matches where both patterns match, anywhere in the text. */
function matchingBoth(left: string, right: string): string {
  return `^(?=[^]*(?:${left}))(?=[^]*(?:${right}))`;
}

function mergeMaps(left: unknown, right: unknown): JsonObject {
  const merged: JsonObject = { ...objectAt(left) };
  for (const [name, schema] of Object.entries(objectAt(right)))
    merged[name] = Object.hasOwn(merged, name) ? mergeSubschemas(merged[name], schema) : schema;
  return merged;
}

function mergeLists(left: unknown, right: unknown): JsonObject {
  const merged: JsonObject = { ...objectAt(left) };
  for (const [name, list] of Object.entries(objectAt(right)))
    merged[name] = union(listAt(merged, name), list);
  return merged;
}

/** What `contains` means without it, written out, so that the other schema's does not replace it. */
function withMinContains(schema: JsonObject): JsonObject {
  return "contains" in schema ? { minContains: 1, ...schema } : schema;
}

function mergeSubschemas(left: unknown, right: unknown): unknown {
  if (left === false || right === false) return false;
  if (!isObject(left)) return right;
  return isObject(right) ? { allOf: [left, right] } : left;
}

function union(left: unknown, right: unknown): unknown[] {
  return [...new Set([...toList(left), ...toList(right)])];
}

function shared(left: unknown, right: unknown): unknown[] {
  const known = new Set(toList(right).map(canonicalJson));
  return toList(left).filter((value) => known.has(canonicalJson(value)));
}

/** An integer is a number, too. */
function sharedTypes(left: readonly string[], right: readonly string[]): string[] {
  const within = (one: string, others: readonly string[]) =>
    others.includes(one) || (one === "integer" && others.includes("number"));
  return [
    ...new Set([
      ...left.filter((one) => within(one, right)),
      ...right.filter((one) => within(one, left)),
    ]),
  ];
}

function largest(left: unknown, right: unknown): number {
  return Math.max(Number(left), Number(right));
}

function smallest(left: unknown, right: unknown): number {
  return Math.min(Number(left), Number(right));
}

function toList(value: unknown): unknown[] {
  return listAt({ value }, "value");
}
