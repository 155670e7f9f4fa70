import {
  CONDITION_KEYWORDS,
  SUBSCHEMA_KEYWORDS,
  SUBSCHEMA_MAP_KEYWORDS,
} from "./flatten-all-of.js";
import { holdSameValues, jsonEquals } from "../../../src/openapi/equality.js";
import { isObject } from "../../../src/openapi/json.js";
import { toPointer } from "../../../src/openapi/pointer.js";
import type { Located } from "../../../src/openapi/references.js";
import { itemsAt, memberAt } from "../api-document.js";
import { inWords } from "../compare/change.js";
import type { SchemaComparison, SchemaNode } from "./schema-node.js";

/** Compares what is left: negations, further conditions, and unknown keywords. */
export function compareConditions(node: SchemaNode, comparer: SchemaComparison): void {
  compareNegations(node, comparer);
  for (const keyword of new Set([...node.base.others.keys(), ...node.revision.others.keys()])) {
    if (CONDITION_KEYWORDS.has(keyword)) compareCondition(node, comparer, keyword);
    else compareUnknown(node, keyword);
  }
}

function compareNegations(node: SchemaNode, comparer: SchemaComparison): void {
  const gone = [...node.base.not];
  const added: Located[] = [];
  for (const schema of node.revision.not) {
    const same = gone.findIndex((other) => isSame(node, comparer, other, schema));
    if (same < 0) added.push(schema);
    else gone.splice(same, 1);
  }
  recordCondition(node, "not", gone, added);
}

function compareCondition(node: SchemaNode, comparer: SchemaComparison, keyword: string): void {
  const base = node.base.others.get(keyword) ?? [];
  const revision = node.revision.others.get(keyword) ?? [];
  const [from] = base;
  const [to] = revision;
  if (!from || !to || base.length > 1 || revision.length > 1) {
    if (!holdSameValues(base.map(valueOf), revision.map(valueOf)))
      recordMember(node, keyword, base, revision);
  } else if (SUBSCHEMA_KEYWORDS.has(keyword)) comparer.descend(node, [from], [to], `/${keyword}`);
  else if (SUBSCHEMA_MAP_KEYWORDS.has(keyword)) compareMembers(node, comparer, keyword, from, to);
  else if (keyword === "prefixItems") compareMembers(node, comparer, keyword, from, to);
  else if (!jsonEquals(from.value, to.value) && !isSame(node, comparer, from, to))
    recordCondition(node, keyword, base, revision);
}

function compareMembers(
  node: SchemaNode,
  comparer: SchemaComparison,
  keyword: string,
  base: Located,
  revision: Located,
): void {
  const from = membersOf(base);
  const to = membersOf(revision);
  for (const name of new Set([...from.keys(), ...to.keys()])) {
    const [left, right] = [from.get(name), to.get(name)];
    if (left && right) comparer.descend(node, [left], [right], toPointer([keyword, name]));
    else recordMember(node, keyword, left ? [left] : [], right ? [right] : [], name);
  }
}

/** A schema for some properties or items is less of a condition if the others are refused. */
function recordMember(
  node: SchemaNode,
  keyword: string,
  base: readonly Located[],
  revision: readonly Located[],
  name?: string,
): void {
  const without = [base, revision].findIndex((schemas) => schemas.length === 0);
  const closed = [node.base, node.revision][without];
  if (keyword === "prefixItems" && closed?.items === "closed") return; // The number of items tells.
  if (keyword !== "patternProperties" || closed?.additional !== "closed") {
    recordCondition(node, keyword, base, revision, name);
    return;
  }
  const values = { base: base[0]?.value, revision: revision[0]?.value };
  const path = name === undefined ? [keyword] : [keyword, name];
  const names = name === undefined ? "named by a pattern" : `whose names match ${inWords(name)}`;
  if (without === 0) node.record("object-opened", path, `may have properties ${names} now`, values);
  else node.record("object-closed", path, `takes no properties ${names} now`, values);
}

function membersOf({ value, pointer }: Located): Map<string, Located> {
  if (Array.isArray(value))
    return new Map(itemsAt({ value, pointer }).map((item, index) => [String(index), item]));
  if (!isObject(value)) return new Map();
  return new Map(Object.keys(value).map((name) => [name, memberAt({ value, pointer }, name)]));
}

function recordCondition(
  node: SchemaNode,
  keyword: string,
  base: readonly Located[],
  revision: readonly Located[],
  name?: string,
): void {
  if (base.length + revision.length === 0) return;
  const values = { base: base[0]?.value, revision: revision[0]?.value };
  const happened = base.length === 0 ? "added" : revision.length === 0 ? "removed" : "changed";
  const inWords = { added: "is new", removed: "is gone", changed: "changed" }[happened];
  const path = name === undefined ? [keyword] : [keyword, name];
  const text = `condition ${path.join("/")} ${inWords}`;
  node.record(`condition-${happened}`, path, text, values);
}

function compareUnknown(node: SchemaNode, keyword: string): void {
  const base = (node.base.others.get(keyword) ?? []).map(valueOf);
  const revision = (node.revision.others.get(keyword) ?? []).map(valueOf);
  if (holdSameValues(base, revision)) return;
  const rule = keyword === "xml" ? "xml-changed" : "unknown-changed";
  node.record(rule, [keyword], `${keyword} changed`, { base: base[0], revision: revision[0] });
}

/** Whether two conditions refuse the same values; then only their words are compared. */
function isSame(
  node: SchemaNode,
  comparer: SchemaComparison,
  base: Located,
  revision: Located,
): boolean {
  if (!isObject(base.value) || !isObject(revision.value))
    return jsonEquals(base.value, revision.value);
  const child = comparer.compare([base], [revision], base, revision);
  const isSameCondition = comparer.isSame(child);
  if (isSameCondition) node.children.push({ child, excludedFrom: undefined });
  return isSameCondition;
}

function valueOf({ value }: Located): unknown {
  return value;
}

/** Compares the words for the reader. */
export function compareDocs(node: SchemaNode): void {
  for (const keyword of new Set([...node.base.docs.keys(), ...node.revision.docs.keys()])) {
    const [base, revision] = [node.base, node.revision].map(({ docs }) => docs.get(keyword) ?? []);
    if (!holdSameValues(base ?? [], revision ?? [])) {
      const values = { base: base?.[0], revision: revision?.[0] };
      node.record("docs-changed", [keyword], `${keyword} changed`, values);
    }
  }
}

/** Compares what a schema says about its values without refusing any. */
export function compareAnnotations(node: SchemaNode): void {
  compareUse(node);
  compareDefaults(node);
}

function compareUse(node: SchemaNode): void {
  const { base, revision } = node;
  if (base.deprecated !== revision.deprecated) {
    const text = revision.deprecated ? "became deprecated" : "is no longer deprecated";
    node.record("deprecation-changed", ["deprecated"], text);
  }
  if (base.readOnly !== revision.readOnly) {
    const rule = revision.readOnly ? "property-became-read-only" : "property-became-read-write";
    node.record(rule, ["readOnly"], revision.readOnly ? "became read-only" : "may be sent now");
  }
  if (base.writeOnly !== revision.writeOnly) {
    const rule = revision.writeOnly ? "property-became-write-only" : "property-became-read-write";
    node.record(rule, ["writeOnly"], revision.writeOnly ? "became write-only" : "comes back now");
  }
}

function compareDefaults(node: SchemaNode): void {
  const { defaults: base } = node.base;
  const { defaults: revision } = node.revision;
  if (jsonEquals(base, revision)) return;
  const inWordsOf = (values: readonly unknown[]) => values.map(inWords).join(" and ") || "none";
  const text = `default changed from ${inWordsOf(base)} to ${inWordsOf(revision)}`;
  const extras = { onOptionalParameter: "parameter-default-changed" } as const;
  node.record(
    "default-changed",
    ["default"],
    text,
    { base: base[0], revision: revision[0] },
    extras,
  );
}
