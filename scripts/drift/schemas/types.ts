import { isObject, type JsonObject } from "../../../src/openapi/json.js";
import { referenceOf, type Located } from "../../../src/openapi/references.js";
import { itemsAt, memberAt, type ApiDocument } from "../api-document.js";
import { record } from "../compare/change.js";
import type { Direction, RuleId } from "../rules.js";
import { onlyAlternatives, readGroups, typeNames } from "./flatten-all-of.js";
import type { AlternativeGroup, SchemaNode, SchemaView } from "./schema-node.js";

type Types = SchemaView["types"];

/** The types other than null that all of the schemas allow; `undefined` for any. */
export function readTypes(objects: readonly JsonObject[], groups: readonly AlternativeGroup[]) {
  const lists = [...objects.map(typeNames), ...groups.map((group) => group.bareTypes)];
  const [first, ...rest] = lists.filter((names) => names !== undefined).map(withoutNull);
  return first && new Set(rest.reduce(inBoth, first));
}

function withoutNull(names: string[]): string[] {
  return names.filter((name) => name !== "null");
}

/** The types that both lists allow; an integer is a number. */
function inBoth(left: string[], right: string[]): string[] {
  const allows = (names: string[], name: string) =>
    names.includes(name) || (name === "integer" && names.includes("number"));
  return [
    ...left.filter((name) => allows(right, name)),
    ...right.filter((name) => allows(left, name)),
  ];
}

/**
 * Whether null is allowed, in all the ways there are to say so: `nullable`, `null` among the types
 * or the values, an alternative that is null, or a wrapped schema that allows it.
 *
 * `nullable: true` around an `allOf` counts. By the letter of 3.0.3 it does nothing there, but
 * everybody who writes it means it.
 */
export function readNullable(document: ApiDocument, schemas: readonly Located[]): boolean {
  return nullableOfAll(document, schemas, new Set()) ?? false;
}

/** `undefined`: says nothing about null. One that refuses null outweighs those that allow it. */
function nullableOfAll(
  document: ApiDocument,
  schemas: readonly Located[],
  seen: Set<unknown>,
): boolean | undefined {
  const answers = schemas.map((schema) => nullableOf(document, schema, seen));
  if (answers.includes(false)) return false;
  return answers.includes(true) ? true : undefined;
}

function nullableOf(
  document: ApiDocument,
  located: Located,
  seen: Set<unknown>,
): boolean | undefined {
  const { value, pointer } = located;
  if (!isObject(value) || seen.has(value)) return undefined;
  seen.add(value);
  const isReference = referenceOf(value) !== undefined;
  if ((!isReference || document.refsHaveSiblings) && declaresNull(document, value, pointer))
    return true;
  if (isReference) {
    const target = document.resolve(located);
    return target.value === value ? undefined : nullableOfAll(document, [target], seen);
  }
  if (value["type"] !== undefined) return false;
  const wrapped = [
    ...itemsAt(memberAt({ value, pointer }, "allOf")),
    ...onlyAlternatives(document, located),
  ];
  return nullableOfAll(document, wrapped, seen);
}

function declaresNull(document: ApiDocument, schema: JsonObject, pointer: string): boolean {
  if (schema["nullable"] === true || typeNames(schema)?.includes("null")) return true;
  if (Array.isArray(schema["enum"]) && schema["enum"].includes(null)) return true;
  return readGroups(document, { value: schema, pointer }).some(({ allowsNull }) => allowsNull);
}

export function compareTypes(node: SchemaNode): void {
  compareTypeNames(node);
  compareNullable(node);
  compareFormats(node);
}

function compareTypeNames(node: SchemaNode): void {
  const { types: base } = node.base;
  const { types: revision } = node.revision;
  const rule = ruleByContainment("type", allows(revision, base), allows(base, revision));
  if (!rule) return;
  const onText: Partial<Record<Direction, RuleId>> = {};
  if (takesText(revision)) onText.request = "type-changed-in-text";
  if (takesText(base)) onText.response = "type-changed-in-text";
  const text = `type changed from ${inWords(base)} to ${inWords(revision)}`;
  record(node, rule, ["type"], text, { base: list(base), revision: list(revision) }, { onText });
}

/** Whether every value of the one is a value of the other, as far as types tell. */
function allows(types: Types, others: Types): boolean {
  if (!types) return true;
  if (!others) return false;
  return [...others].every(
    (name) => types.has(name) || (name === "integer" && types.has("number")),
  );
}

function takesText(types: Types): boolean {
  return !types || types.has("string");
}

function inWords(types: Types): string {
  if (!types) return "any";
  return [...types].sort().join(" or ") || "null";
}

function list(types: Types): string[] | undefined {
  return types && [...types].sort();
}

function compareNullable(node: SchemaNode): void {
  const { base, revision } = node;
  if (base.nullable === revision.nullable || !refusesNull(base) || !refusesNull(revision)) return;
  const values = { base: base.nullable, revision: revision.nullable };
  if (revision.nullable) record(node, "became-nullable", ["nullable"], "became nullable", values);
  else record(node, "became-not-nullable", ["nullable"], "is no longer nullable", values);
}

/** Unless it says otherwise: a schema that allows any value allows null as well. */
function refusesNull(schema: SchemaView): boolean {
  return Boolean(schema.types ?? schema.values) || schema.groups.length > 0;
}

/** Formats whose every value is also a value of the others: an `int32` is written as an `int64`. */
const WIDER_FORMATS: Record<string, readonly string[]> = {
  float: ["double"],
  int32: ["int64", "bigint"],
  int64: ["bigint"],
  date: ["date-time"],
  time: ["date-time"],
};

function compareFormats(node: SchemaNode): void {
  const { format: base } = node.base;
  const { format: revision } = node.revision;
  if (base === revision) return;
  const rule = ruleByContainment("format", isWider(revision, base), isWider(base, revision));
  if (!rule) return;
  const text = `format changed from ${base ?? "none"} to ${revision ?? "none"}`;
  record(node, rule, ["format"], text, { base, revision });
}

function isWider(format: string | undefined, than: string | undefined): boolean {
  if (format === undefined) return true;
  return than !== undefined && (WIDER_FORMATS[than]?.includes(format) ?? false);
}

function ruleByContainment(
  aspect: "type" | "format",
  isWidened: boolean,
  isNarrowed: boolean,
): RuleId | undefined {
  if (isWidened && isNarrowed) return undefined;
  if (isWidened) return `${aspect}-widened`;
  return isNarrowed ? `${aspect}-narrowed` : `${aspect}-changed`;
}
