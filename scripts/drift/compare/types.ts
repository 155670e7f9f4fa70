import type { Direction } from "../levels.js";
import type { RuleId } from "../rules.js";
import type { SchemaView } from "../schema/schema-view.js";
import { record } from "./record.js";
import type { SchemaNode } from "./schema-node.js";

/** Formats whose every value is also a value of the other: `int32` is written as an `int64` is. */
const WIDER_FORMATS: Record<string, readonly string[]> = {
  float: ["double"],
  int32: ["int64", "bigint"],
  int64: ["bigint"],
  date: ["date-time"],
  time: ["date-time"],
};

export function compareTypes(node: SchemaNode): void {
  compareTypeNames(node);
  compareNullable(node);
  compareFormats(node);
}

function compareTypeNames(node: SchemaNode): void {
  const { types: base } = node.base;
  const { types: revision } = node.revision;
  const rule = byContainment(allows(revision, base), allows(base, revision), "type");
  if (!rule) return;
  const onText: Partial<Record<Direction, RuleId>> = {};
  if (takesText(revision)) onText.request = "type-changed-in-text";
  if (takesText(base)) onText.response = "type-changed-in-text";
  const text = `type changed from ${names(base)} to ${names(revision)}`;
  record(node, rule, ["type"], text, { base: list(base), revision: list(revision) }, { onText });
}

type Types = SchemaView["types"];

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

function names(types: Types): string {
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

function compareFormats(node: SchemaNode): void {
  const { format: base } = node.base;
  const { format: revision } = node.revision;
  if (base === revision) return;
  const rule = byContainment(isWider(revision, base), isWider(base, revision), "format");
  if (!rule) return;
  const text = `format changed from ${base ?? "none"} to ${revision ?? "none"}`;
  record(node, rule, ["format"], text, { base, revision });
}

function isWider(format: string | undefined, than: string | undefined): boolean {
  if (format === undefined) return true;
  return than !== undefined && (WIDER_FORMATS[than]?.includes(format) ?? false);
}

function byContainment(
  isWidened: boolean,
  isNarrowed: boolean,
  aspect: "type" | "format",
): RuleId | undefined {
  if (isWidened && isNarrowed) return undefined;
  if (isWidened) return `${aspect}-widened`;
  return isNarrowed ? `${aspect}-narrowed` : `${aspect}-changed`;
}
