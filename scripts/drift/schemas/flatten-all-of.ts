import { isObject, stringsAt, type JsonObject } from "../../../src/openapi/json.js";
import { referenceOf, type Located } from "../../../src/openapi/references.js";
import { itemsAt, memberAt, type ApiDocument } from "../api-document.js";
import { isDocsKeyword } from "./keywords.js";
import type { AllOfMember, AlternativeGroup } from "./schema-node.js";

/** The keyword under which a value that is no schema at all is compared. */
const NOT_A_SCHEMA = "(no schema)";

/**
 * Flattens `allOf`, references and alternatives of which there is only one into the schema objects
 * that all have to hold. The outermost comes first: its words win over those it wraps.
 */
export function flattenAllOf(document: ApiDocument, schemas: readonly Located[]): AllOfMember[] {
  const seen = new Set<unknown>();
  const members: AllOfMember[] = [];
  // A list of what to do, not recursion: documents chain references by the thousand.
  const todo = schemas.map((schema) => ({ schema, isNullable: false })).reverse();
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { schema, isNullable } = next;
    if (seen.has(schema.value)) continue; // A schema that contains itself says nothing twice.
    seen.add(schema.value);
    document.markCompared(schema.value);
    const member = { value: keywordsOf(document, schema.value), pointer: schema.pointer };
    const isReference = referenceOf(schema.value) !== undefined;
    const nullable = isNullable ? undefined : nullableOf(document, member);
    if (!isReference || Object.keys(member.value).length > 0) members.push({ ...member, nullable });
    const wrapped = [
      ...itemsAt(memberAt(member, "allOf")),
      ...onlyAlternatives(document, member),
      ...(isReference ? [document.follow(schema)] : []),
    ];
    const allowsNull = isNullable || nullable === true;
    for (const inner of wrapped.reverse()) todo.push({ schema: inner, isNullable: allowsNull });
  }
  return members;
}

/** From 3.1 on a schema can be `true` (anything) or `false` (nothing). */
function keywordsOf(document: ApiDocument, schema: unknown): JsonObject {
  if (schema === true || schema === undefined) return {};
  if (schema === false) return { not: {} };
  if (!isObject(schema)) return { [NOT_A_SCHEMA]: schema };
  if (referenceOf(schema) === undefined) return schema;
  const siblings = Object.entries(schema).filter(
    ([keyword]) => keyword !== "$ref" && (document.refsHaveSiblings || isDocsKeyword(keyword)),
  );
  return Object.fromEntries(siblings);
}

/**
 * Whether one schema object by itself allows null, in all the ways there are to say so: `nullable`,
 * `null` among the types or the values, or an alternative that is null.
 *
 * `nullable: true` around an `allOf` counts. By the letter of 3.0.3 it does nothing there, but
 * everybody who writes it means it.
 */
function nullableOf(document: ApiDocument, schema: Located<JsonObject>): boolean | undefined {
  const { nullable, type, enum: values } = schema.value;
  if (nullable === true || typeNames(schema.value)?.includes("null")) return true;
  if (Array.isArray(values) && values.includes(null)) return true;
  if (readGroups(document, schema).some(({ allowsNull }) => allowsNull)) return true;
  return type === undefined ? undefined : false;
}

/** The alternative of each `oneOf` and `anyOf` that has, null aside, only one: a mere wrapper. */
function onlyAlternatives(document: ApiDocument, schema: Located): Located[] {
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
