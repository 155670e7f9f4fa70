import { isTighter, limitNames, type Limit } from "../schema/limits.js";
import { record } from "./record.js";
import type { SchemaNode } from "./schema-node.js";

export function compareLimits(node: SchemaNode): void {
  for (const name of limitNames) {
    const base = node.base.limits.get(name);
    const revision = node.revision.limits.get(name);
    const values = { base: base?.value, revision: revision?.value };
    const text = `${name} changed from ${inWords(base)} to ${inWords(revision)}`;
    if (isTighter(name, revision, base)) record(node, "limit-tightened", [name], text, values);
    else if (isTighter(name, base, revision)) record(node, "limit-relaxed", [name], text, values);
  }
  compareMultiples(node);
  compareUniqueness(node);
}

function inWords(limit: Limit | undefined): string {
  if (!limit) return "none";
  return limit.exclusive ? `${limit.value} (not included)` : String(limit.value);
}

function compareMultiples(node: SchemaNode): void {
  const { multipleOf: base } = node.base;
  const { multipleOf: revision } = node.revision;
  if (base === revision) return;
  const text = `multipleOf changed from ${base ?? "none"} to ${revision ?? "none"}`;
  const isNarrowed = base === undefined || (revision ?? NaN) % base === 0;
  const isWidened = revision === undefined || (base ?? NaN) % revision === 0;
  const rule = isNarrowed ? "limit-tightened" : isWidened ? "limit-relaxed" : "limit-changed";
  record(node, rule, ["multipleOf"], text, { base, revision });
}

function compareUniqueness(node: SchemaNode): void {
  const { uniqueItems: base } = node.base;
  const { uniqueItems: revision } = node.revision;
  if (base === revision) return;
  const rule = revision ? "limit-tightened" : "limit-relaxed";
  const text = revision ? "items have to be unique now" : "items may repeat now";
  record(node, rule, ["uniqueItems"], text, { base, revision });
}
