import { isObject, stringsAt, type JsonObject } from "../../../src/openapi/json.js";
import { referenceOf, type Located } from "../../../src/openapi/references.js";
import { itemsAt, memberAt, type ApiDocument } from "../api-document.js";
import { isDocsKeyword } from "./keywords.js";
import type { AlternativeGroup } from "./schema-node.js";

/** One schema object of those that must all hold, with its references followed. */
export type AllOfMember = Located<JsonObject>;

/**
 * Flattens `allOf`, references and alternatives of which there is only one into the schema objects
 * that all have to hold. The outermost comes first: its words win over those it wraps.
 */
export function flattenAllOf(document: ApiDocument, schemas: readonly Located[]): AllOfMember[] {
  const seen = new Set<unknown>();
  const members: AllOfMember[] = [];
  const flatten = (located: Located): void => {
    if (seen.has(located.value)) return; // A schema that contains itself says nothing twice.
    seen.add(located.value);
    const schema = toObject(located.value);
    if (referenceOf(schema) !== undefined) {
      const target = document.resolve(located);
      const siblings = besideReference(document, schema, target.value === located.value);
      if (Object.keys(siblings).length > 0)
        members.push({ value: siblings, pointer: located.pointer });
      if (target.value !== located.value) flatten(target);
      return;
    }
    const member = { value: schema, pointer: located.pointer };
    members.push(member);
    itemsAt(memberAt(member, "allOf")).forEach(flatten);
    onlyAlternatives(document, located).forEach(flatten);
  };
  schemas.forEach(flatten);
  return members;
}

/** From 3.1 on a schema can be `true` (anything) or `false` (nothing). */
function toObject(schema: unknown): JsonObject {
  if (schema === false) return { not: {} };
  return isObject(schema) ? schema : {};
}

function besideReference(document: ApiDocument, schema: JsonObject, broken: boolean): JsonObject {
  const siblings = Object.entries(schema).filter(([keyword]) => {
    if (keyword === "$ref") return broken; // Leads nowhere: kept, to be compared by its text.
    return document.refsHaveSiblings || isDocsKeyword(keyword);
  });
  return Object.fromEntries(siblings);
}

/** The alternative of each `oneOf` and `anyOf` that has, null aside, only one: a mere wrapper. */
export function onlyAlternatives(document: ApiDocument, schema: Located): Located[] {
  return readGroups(document, schema).flatMap(({ alternatives }) =>
    alternatives.length === 1 ? alternatives : [],
  );
}

/** Reads the `oneOf` and the `anyOf` of a schema. */
export function readGroups(document: ApiDocument, schema: Located): AlternativeGroup[] {
  const { value, pointer } = schema;
  if (!isObject(value)) return [];
  return (["oneOf", "anyOf"] as const).flatMap((kind) => {
    const group = memberAt({ value, pointer }, kind);
    const all = itemsAt(group);
    return all.length === 0 ? [] : [readGroup(document, kind, group.pointer, all)];
  });
}

function readGroup(
  document: ApiDocument,
  kind: "oneOf" | "anyOf",
  pointer: string,
  all: readonly Located[],
): AlternativeGroup {
  const resolved = all.map((alternative) => document.resolve(alternative).value);
  const alternatives = all.filter((_, index) => !isOnlyNull(resolved[index]));
  const types = resolved.filter((value) => !isOnlyNull(value)).map(bareTypesOf);
  const areBare = types.length > 1 && types.every((names) => names !== undefined);
  return {
    kind,
    pointer,
    alternatives,
    allowsNull: alternatives.length < all.length,
    bareTypes: areBare ? types.flat() : undefined,
  };
}

/** `type: "null"` in 3.1, or an enum that holds null alone in 3.0. */
function isOnlyNull(schema: unknown): boolean {
  if (!isObject(schema)) return false;
  const { type, enum: values } = schema;
  if (type === "null" || (Array.isArray(type) && type.length === 1 && type[0] === "null"))
    return true;
  return Array.isArray(values) && values.length === 1 && values[0] === null;
}

function bareTypesOf(schema: unknown): string[] | undefined {
  if (!isObject(schema)) return undefined;
  const constraints = Object.keys(schema).filter((keyword) => !isDocsKeyword(keyword));
  return constraints.length === 1 && constraints[0] === "type" ? typeNames(schema) : undefined;
}

/** The names under `type`, which from 3.1 on can be several. */
export function typeNames(schema: JsonObject): string[] | undefined {
  const { type } = schema;
  if (typeof type === "string") return [type];
  return Array.isArray(type) ? stringsAt(schema, "type") : undefined;
}
