import { isObject, isStringArray, type JsonObject, stringsAt } from "../../../src/openapi/json.js";
import { type Located, referenceOf } from "../../../src/openapi/references.js";
import { type ApiDocument, itemsAt, memberAt } from "../api-document.js";
import { NOTHING, type AllOfMember, type AlternativeGroup } from "./schema-node.js";

/** The keyword for comparing a value that is not a schema at all. */
const NOT_A_SCHEMA = "(no schema)";

/**
 * Flattens `allOf`, references and single alternatives into the schema objects that must all hold.
 * The outermost comes first: its text wins over that of the schemas it wraps.
 */
export function flattenAllOf(document: ApiDocument, schemas: readonly Located[]): AllOfMember[] {
  const seen = new Set<unknown>();
  const members: AllOfMember[] = [];
  // A work list instead of recursion: documents chain references by the thousand.
  const todo = schemas.map((schema) => ({ schema, isNullable: false })).reverse();
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { schema, isNullable } = next;
    if (seen.has(schema.value)) continue; // It contains itself.
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

/** Since 3.1 a schema can be `true` (anything) or `false` (nothing). */
function keywordsOf(document: ApiDocument, schema: unknown): JsonObject {
  if (schema === true || schema === undefined) return {};
  if (schema === false) return NOTHING;
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
 * `nullable: true` next to an `allOf` counts. Strictly it has no effect there in 3.0.3, but
 * everybody who writes it means it.
 */
function nullableOf(document: ApiDocument, schema: Located<JsonObject>): boolean | undefined {
  const { nullable, type, enum: values, const: constant } = schema.value;
  if (nullable === true || typeNames(schema.value)?.includes("null")) return true;
  if (constant === null || (Array.isArray(values) && values.includes(null))) return true;
  if (readGroups(document, schema).some(({ allowsNull }) => allowsNull)) return true;
  return type === undefined ? undefined : false;
}

/**
 * The alternative of each `oneOf` and `anyOf` that has only one apart from null, and so is a mere
 * wrapper.
 */
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

/** `type: "null"` or `const: null` in 3.1, or an enum with null as its only value in 3.0. */
function isOnlyNull(schema: unknown): boolean {
  if (!isObject(schema)) return false;
  const { enum: values, const: constant } = schema;
  const types = typeNames(schema);
  return (
    constant === null ||
    (types?.length === 1 && types[0] === "null") ||
    (Array.isArray(values) && values.length === 1 && values[0] === null)
  );
}

function bareTypesOf(schema: unknown): string[] | undefined {
  if (!isObject(schema)) return undefined;
  const constraints = Object.keys(schema).filter((keyword) => !isDocsKeyword(keyword));
  return constraints.length === 1 && constraints[0] === "type" ? typeNames(schema) : undefined;
}

/** The names under `type`; since 3.1 there can be several. */
export function typeNames(schema: JsonObject): string[] | undefined {
  const { type } = schema;
  if (typeof type === "string") return [type];
  return Array.isArray(type) ? stringsAt(schema, "type") : undefined;
}

/** For the reader only: nothing on the wire depends on these. */
const DOCS_KEYWORDS = new Set([
  ...["title", "description", "example", "examples", "externalDocs"],
  ...["$comment", "$schema", "$id", "$anchor", "$dynamicAnchor", "$vocabulary"],
]);

export function isDocsKeyword(keyword: string): boolean {
  return DOCS_KEYWORDS.has(keyword) || keyword.startsWith("x-");
}

const isText = (value: unknown) => typeof value === "string";
/** An integer over 2^53 is a bigint. */
const isNumber = (value: unknown) => typeof value === "number" || typeof value === "bigint";
const isFlag = (value: unknown) => typeof value === "boolean";
const isList = (value: unknown) => Array.isArray(value);
const isSchema = (value: unknown) => isFlag(value) || isObject(value);
const isAny = () => true;

/** These have members of their own in a `SchemaView`, if their values are valid. */
const STRUCTURAL_KEYWORDS: Record<string, (value: unknown) => boolean> = {
  ...{ type: (value) => isText(value) || isStringArray(value), nullable: isFlag, format: isText },
  ...{ enum: isList, const: isAny, pattern: isText, default: isAny, deprecated: isFlag },
  ...{ properties: isObject, required: isStringArray, items: isAny, not: isAny },
  ...{ additionalProperties: isSchema, allOf: isList, oneOf: isList, anyOf: isList },
  ...{ readOnly: isFlag, writeOnly: isFlag, uniqueItems: isFlag, discriminator: isObject },
  ...{ minimum: isNumber, maximum: isNumber, multipleOf: (value) => typeof value === "number" },
  exclusiveMinimum: (value) => isFlag(value) || isNumber(value),
  exclusiveMaximum: (value) => isFlag(value) || isNumber(value),
  ...{ minLength: isNumber, maxLength: isNumber, minItems: isNumber, maxItems: isNumber },
  ...{ minProperties: isNumber, maxProperties: isNumber },
  ...{ minContains: isNumber, maxContains: isNumber },
  // 3.0 calls these formats.
  ...{ contentEncoding: isText, contentMediaType: isText },
  // Schemas for others to refer to; without references they have no effect.
  ...{ $defs: isObject, definitions: isObject },
};

/** Whether a `SchemaView` understands a keyword; any other keyword is compared literally. */
export function isUnderstood(keyword: string, value: unknown): boolean {
  return (
    (Object.hasOwn(STRUCTURAL_KEYWORDS, keyword) && STRUCTURAL_KEYWORDS[keyword]?.(value)) === true
  );
}

/** `contentEncoding: base64` in 3.1 is `format: byte` in 3.0. */
export function isBase64(contentEncoding: unknown): boolean {
  return contentEncoding === "base64";
}

/** `contentMediaType: application/octet-stream` in 3.1 is `format: binary` in 3.0. */
export function isBinary(contentMediaType: unknown): boolean {
  return contentMediaType === "application/octet-stream";
}

/** Keywords of JSON Schema 2020-12 whose schema applies to a part of the value. */
export const SUBSCHEMA_KEYWORDS: ReadonlySet<string> = new Set([
  ...["contains", "propertyNames", "unevaluatedItems", "unevaluatedProperties"],
  ...["contentSchema", "then", "else"],
]);

/** The same, with a schema for each name. */
export const SUBSCHEMA_MAP_KEYWORDS: ReadonlySet<string> = new Set([
  "patternProperties",
  "dependentSchemas",
]);

/** Additional conditions: adding one rejects values, removing one promises less. */
export const CONDITION_KEYWORDS: ReadonlySet<string> = new Set([
  ...SUBSCHEMA_KEYWORDS,
  ...SUBSCHEMA_MAP_KEYWORDS,
  ...["if", "prefixItems", "dependentRequired"],
]);
