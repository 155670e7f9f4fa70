import { jsonEquals } from "../../../src/openapi/equality.js";
import type { JsonObject } from "../../../src/openapi/json.js";
import type { Direction, RuleId } from "../rules.js";
import { isBase64, isBinary, typeNames } from "./flatten-all-of.js";
import type { AllOfMember, AlternativeGroup, SchemaNode, SchemaView } from "./schema-node.js";

type Types = SchemaView["types"];

/** The types other than null that all of the schemas allow; `undefined` for any. */
export function readTypes(objects: readonly JsonObject[], groups: readonly AlternativeGroup[]) {
  const lists = [...objects.map(typesOf), ...groups.map((group) => group.bareTypes)];
  const [first, ...rest] = lists.filter((names) => names !== undefined).map(withoutNull);
  return first && new Set(rest.reduce(inBoth, first));
}

/** Encoded or embedded content is a string (JSON Schema 2020-12, Validation, section 8). */
function typesOf(schema: JsonObject): string[] | undefined {
  const isText = isBase64(schema["contentEncoding"]) || isBinary(schema["contentMediaType"]);
  return typeNames(schema) ?? (isText ? ["string"] : undefined);
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

/** Whether null is allowed. A member that rejects it outweighs those that allow it. */
export function readNullable(members: readonly AllOfMember[]): boolean {
  const answers = members.map(({ nullable }) => nullable);
  return answers.includes(true) && !answers.includes(false);
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
  node.record(rule, ["type"], text, { base: list(base), revision: list(revision) }, { onText });
}

/** Whether every value of one is a value of the other, as far as types show. */
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
  if (revision.nullable) node.record("became-nullable", ["nullable"], "became nullable", values);
  else node.record("became-not-nullable", ["nullable"], "is no longer nullable", values);
}

/**
 * Whether a schema rejects null unless told otherwise. One that allows any value allows null as
 * well.
 */
function refusesNull(schema: SchemaView): boolean {
  return Boolean(schema.types ?? schema.values) || schema.groups.length > 0;
}

/** Formats whose every value is also valid in the listed ones: every `int32` is an `int64`. */
const WIDER_FORMATS: Partial<Record<string, readonly string[]>> = {
  float: ["double"],
  int32: ["int64", "bigint"],
  int64: ["bigint"],
  date: ["date-time"],
  time: ["date-time"],
};

/** Formats that add nothing to the type. */
const USUAL_FORMATS: Partial<Record<string, string>> = { integer: "int64", number: "double" };

/** Every format, sorted, including those that 3.1 expresses with separate keywords. */
export function readFormats(objects: readonly JsonObject[]): string[] {
  const formats = objects.flatMap(({ format, contentEncoding, contentMediaType }) => [
    ...(typeof format === "string" ? [format] : []),
    ...(typeof contentEncoding === "string"
      ? [isBase64(contentEncoding) ? "byte" : contentEncoding]
      : []),
    ...(typeof contentMediaType === "string"
      ? [isBinary(contentMediaType) ? "binary" : contentMediaType]
      : []),
  ]);
  return [...new Set(formats)].sort();
}

function compareFormats(node: SchemaNode): void {
  const { formats: base } = node.base;
  const { formats: revision } = node.revision;
  if (jsonEquals(base, revision)) return;
  const isSaid = ({ formats, types }: SchemaView) =>
    formats.filter(
      (format) => !types || ![...types].every((type) => USUAL_FORMATS[type] === format),
    );
  const [from, to] = [isSaid(node.base), isSaid(node.revision)];
  const rule = jsonEquals(from, to)
    ? "docs-changed"
    : ruleByContainment("format", includes(to, from), includes(from, to));
  if (!rule) return;
  const inWords = (formats: readonly string[]) => formats.join(" and ") || "none";
  const text = `format changed from ${inWords(base)} to ${inWords(revision)}`;
  node.record(rule, ["format"], text, { base: base[0], revision: revision[0] });
}

/** Whether every value in these formats is also valid in the others. */
function includes(formats: readonly string[], others: readonly string[]): boolean {
  return formats.every((format) =>
    others.some((other) => other === format || WIDER_FORMATS[other]?.includes(format)),
  );
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
