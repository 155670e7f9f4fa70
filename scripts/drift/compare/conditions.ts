import { toPointer } from "../../../src/openapi/pointer.js";
import { isObject } from "../../../src/openapi/json.js";
import { locatedItems, type Located } from "../api-document.js";
import { sameJson, sameSet } from "../json.js";
import {
  CONDITION_KEYWORDS,
  SUBSCHEMA_KEYWORDS,
  SUBSCHEMA_MAP_KEYWORDS,
} from "../schema/keywords.js";
import { compareDiscriminators } from "./discriminator.js";
import { record } from "./record.js";
import type { SchemaComparer } from "./schema-comparer.js";
import type { SchemaNode } from "./schema-node.js";

/** Compares what is left: negations, further conditions, and keywords that nobody here knows. */
export function compareConditions(node: SchemaNode, comparer: SchemaComparer): void {
  compareNegations(node, comparer);
  for (const keyword of new Set([...node.base.others.keys(), ...node.revision.others.keys()])) {
    if (keyword === "discriminator") compareDiscriminators(node);
    else if (CONDITION_KEYWORDS.has(keyword)) compareCondition(node, comparer, keyword);
    else compareUnknown(node, keyword);
  }
}

function compareNegations(node: SchemaNode, comparer: SchemaComparer): void {
  const gone = [...node.base.not];
  const added: Located[] = [];
  for (const schema of node.revision.not) {
    const same = gone.findIndex((other) => isSame(comparer, other, schema));
    if (same < 0) added.push(schema);
    else gone.splice(same, 1);
  }
  recordCondition(node, "not", gone, added);
}

function compareCondition(node: SchemaNode, comparer: SchemaComparer, keyword: string): void {
  const base = node.base.others.get(keyword) ?? [];
  const revision = node.revision.others.get(keyword) ?? [];
  const [from] = base;
  const [to] = revision;
  if (!from || !to || base.length > 1 || revision.length > 1) {
    if (!sameSet(base.map(valueOf), revision.map(valueOf)))
      recordCondition(node, keyword, base, revision);
  } else if (SUBSCHEMA_KEYWORDS.has(keyword)) comparer.descend(node, [from], [to], `/${keyword}`);
  else if (SUBSCHEMA_MAP_KEYWORDS.has(keyword)) compareMembers(node, comparer, keyword, from, to);
  else if (keyword === "prefixItems") compareMembers(node, comparer, keyword, from, to);
  else if (!sameJson(from.value, to.value) && !isSame(comparer, from, to))
    recordCondition(node, keyword, base, revision);
}

function compareMembers(
  node: SchemaNode,
  comparer: SchemaComparer,
  keyword: string,
  base: Located,
  revision: Located,
): void {
  const from = membersOf(base);
  const to = membersOf(revision);
  for (const name of new Set([...from.keys(), ...to.keys()])) {
    const pair = [from.get(name), to.get(name)] as const;
    const part = toPointer([keyword, name]);
    if (pair[0] && pair[1]) comparer.descend(node, [pair[0]], [pair[1]], part);
    else
      recordCondition(
        node,
        `${keyword}/${name}`,
        pair[0] ? [pair[0]] : [],
        pair[1] ? [pair[1]] : [],
      );
  }
}

function membersOf({ value, pointer }: Located): Map<string, Located> {
  if (Array.isArray(value))
    return new Map(locatedItems(value, pointer).map((item, index) => [String(index), item]));
  const entries = isObject(value) ? Object.entries(value) : [];
  return new Map(
    entries.map(([name, schema]) => [
      name,
      { value: schema, pointer: pointer + toPointer([name]) },
    ]),
  );
}

function recordCondition(
  node: SchemaNode,
  keyword: string,
  base: readonly Located[],
  revision: readonly Located[],
): void {
  const values = { base: base[0]?.value, revision: revision[0]?.value };
  if (base.length > 0 && revision.length > 0)
    record(node, "condition-changed", [keyword], `condition ${keyword} changed`, values);
  else if (revision.length > 0)
    record(node, "condition-added", [keyword], `condition ${keyword} is new`, values);
  else if (base.length > 0)
    record(node, "condition-removed", [keyword], `condition ${keyword} is gone`, values);
}

function compareUnknown(node: SchemaNode, keyword: string): void {
  const base = (node.base.others.get(keyword) ?? []).map(valueOf);
  const revision = (node.revision.others.get(keyword) ?? []).map(valueOf);
  if (sameSet(base, revision)) return;
  const rule = keyword === "xml" ? "xml-changed" : "unknown-changed";
  record(node, rule, [keyword], `${keyword} changed`, { base: base[0], revision: revision[0] });
}

/** Whether two conditions refuse the same values. */
function isSame(comparer: SchemaComparer, base: Located, revision: Located): boolean {
  if (!isObject(base.value) || !isObject(revision.value))
    return sameJson(base.value, revision.value);
  return comparer.compare([base], [revision], base, revision).isSame();
}

function valueOf({ value }: Located): unknown {
  return value;
}
