import {
  CONDITION_KEYWORDS,
  SUBSCHEMA_KEYWORDS,
  SUBSCHEMA_MAP_KEYWORDS,
} from "./flatten-all-of.js";
import { holdSameValues, jsonEquals } from "../../../src/openapi/equality.js";
import { isObject, type JsonObject } from "../../../src/openapi/json.js";
import { toPointer } from "../../../src/openapi/pointer.js";
import type { Located } from "../../../src/openapi/references.js";
import { inWords } from "../compare/change.js";
import type { SchemaComparison, SchemaNode } from "./schema-node.js";

/** Compares what is left: negations, additional conditions, and unknown keywords. */
export function compareConditions(node: SchemaNode, comparer: SchemaComparison): void {
  compareNegations(node, comparer);
  for (const keyword of new Set([...node.base.others.keys(), ...node.revision.others.keys()])) {
    if (CONDITION_KEYWORDS.has(keyword)) compareCondition(node, comparer, keyword);
    else compareUnknown(node, keyword);
  }
}

function compareNegations(node: SchemaNode, comparer: SchemaComparison): void {
  compareOneByOne(node, comparer, {
    keyword: "not",
    base: node.base.not,
    revision: node.revision.not,
  });
}

/**
 * A condition on both sides, or one of the schemas that it holds by name; all schemas of a side
 * apply.
 */
interface Condition {
  keyword: string;
  name?: string;
  base: readonly Located[];
  revision: readonly Located[];
}

function compareCondition(node: SchemaNode, comparer: SchemaComparison, keyword: string): void {
  const base = node.base.others.get(keyword) ?? [];
  const revision = node.revision.others.get(keyword) ?? [];
  const condition = { keyword, base, revision };
  const isInBoth = base.length > 0 && revision.length > 0;
  const isSingle = base.length === 1 && revision.length === 1;
  if (SUBSCHEMA_MAP_KEYWORDS.has(keyword) || keyword === "prefixItems") {
    if (isInBoth) compareMembers(node, comparer, condition);
    else recordMember(node, condition);
  } else if (isSingle && SUBSCHEMA_KEYWORDS.has(keyword))
    comparer.descend(node, base, revision, `/${keyword}`);
  else if (keyword !== "dependentRequired") compareOneByOne(node, comparer, condition);
  else if (!holdSameValues(base.map(valueOf), revision.map(valueOf)))
    recordCondition(node, condition);
}

/** Removes the conditions that both sides have, in any order. */
function compareOneByOne(node: SchemaNode, comparer: SchemaComparison, condition: Condition): void {
  const base = [...condition.base];
  const revision = condition.revision.filter((schema) => {
    const same = base.findIndex((other) => isSame(node, comparer, other, schema));
    if (same >= 0) base.splice(same, 1);
    return same < 0;
  });
  recordCondition(node, { ...condition, base, revision });
}

function compareMembers(node: SchemaNode, comparer: SchemaComparison, condition: Condition): void {
  const { keyword } = condition;
  const from = membersOf(condition.base);
  const to = membersOf(condition.revision);
  for (const name of new Set([...from.keys(), ...to.keys()])) {
    const [base = [], revision = []] = [from.get(name), to.get(name)];
    if (base.length > 0 && revision.length > 0)
      comparer.descend(node, base, revision, toPointer([keyword, name]));
    else recordMember(node, { keyword, name, base, revision });
  }
}

/** The schemas under each name or index, from all conditions that apply. */
function membersOf(conditions: readonly Located[]): Map<string, Located[]> {
  const members = new Map<string, Located[]>();
  for (const { value, pointer } of conditions)
    for (const name of Object.keys(isObject(value) || Array.isArray(value) ? value : {})) {
      const member = { value: (value as JsonObject)[name], pointer: pointer + toPointer([name]) };
      members.set(name, [...(members.get(name) ?? []), member]);
    }
  return members;
}

/** A schema for some properties or items is less of a condition if the others are rejected. */
function recordMember(node: SchemaNode, condition: Condition): void {
  const { keyword, name, base, revision } = condition;
  const isNew = base.length === 0;
  const closed = isNew ? node.base : node.revision;
  if (keyword === "prefixItems" && closed.items === "closed") return; // Compared as a number of items.
  if (keyword !== "patternProperties" || closed.additional !== "closed") {
    recordCondition(node, condition);
    return;
  }
  const names = name === undefined ? "named by a pattern" : `whose names match ${inWords(name)}`;
  const text = isNew ? `may have properties ${names} now` : `takes no properties ${names} now`;
  const values = { base: base[0]?.value, revision: revision[0]?.value };
  node.record(isNew ? "object-opened" : "object-closed", pathOf(condition), text, values);
}

function pathOf({ keyword, name }: Condition): string[] {
  return name === undefined ? [keyword] : [keyword, name];
}

function recordCondition(node: SchemaNode, condition: Condition): void {
  const { base, revision } = condition;
  if (base.length + revision.length === 0) return;
  const happened = base.length === 0 ? "added" : revision.length === 0 ? "removed" : "changed";
  const inWords = { added: "is new", removed: "is gone", changed: "changed" }[happened];
  const path = pathOf(condition);
  const text = `condition ${path.join("/")} ${inWords}`;
  const values = { base: base[0]?.value, revision: revision[0]?.value };
  node.record(`condition-${happened}`, path, text, values);
}

function compareUnknown(node: SchemaNode, keyword: string): void {
  const base = (node.base.others.get(keyword) ?? []).map(valueOf);
  const revision = (node.revision.others.get(keyword) ?? []).map(valueOf);
  if (holdSameValues(base, revision)) return;
  const rule = keyword === "xml" ? "xml-changed" : "unknown-changed";
  node.record(rule, [keyword], `${keyword} changed`, { base: base[0], revision: revision[0] });
}

/** Whether two conditions reject the same values; then only their text is compared. */
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

/** Compares the text for the reader. */
export function compareDocs(node: SchemaNode): void {
  for (const keyword of new Set([...node.base.docs.keys(), ...node.revision.docs.keys()])) {
    const [base, revision] = [node.base, node.revision].map(({ docs }) => docs.get(keyword) ?? []);
    if (!holdSameValues(base ?? [], revision ?? [])) {
      const values = { base: base?.[0], revision: revision?.[0] };
      node.record("docs-changed", [keyword], `${keyword} changed`, values);
    }
  }
}

/** Compares statements about a schema's values that do not reject any. */
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
