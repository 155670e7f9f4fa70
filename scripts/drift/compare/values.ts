import { inWords, missingFrom, sameJson } from "../json.js";
import { record } from "./record.js";
import type { SchemaNode } from "./schema-node.js";

/** Compares the values that are allowed one by one, and the texts by their pattern. */
export function compareValues(node: SchemaNode): void {
  compareEnums(node);
  comparePatterns(node);
}

function compareEnums(node: SchemaNode): void {
  const { values: base } = node.base;
  const { values: revision } = node.revision;
  const values = { base, revision };
  if (!base && !revision) return;
  if (!base) record(node, "enum-added", ["enum"], `only takes ${say(revision ?? [])} now`, values);
  else if (!revision)
    record(node, "enum-removed", ["enum"], `is no longer limited to ${say(base)}`, values);
  else compareLists(node, base, revision);
}

function compareLists(node: SchemaNode, base: readonly unknown[], revision: readonly unknown[]) {
  const values = { base, revision };
  const gone = missingFrom(base, revision);
  const added = missingFrom(revision, base);
  if (gone.length === base.length && added.length > 0) {
    const text = `takes ${say(revision)} in place of ${say(base)}`;
    record(node, "enum-replaced", ["enum"], text, values);
    return;
  }
  if (gone.length > 0)
    record(node, "enum-value-removed", ["enum"], `no longer takes ${say(gone)}`, values);
  if (added.length > 0)
    record(node, "enum-value-added", ["enum"], `also takes ${say(added)}`, values);
}

function say(values: readonly unknown[]): string {
  return values.map(inWords).join(", ") || "no value";
}

function comparePatterns(node: SchemaNode): void {
  const { patterns: base } = node.base;
  const { patterns: revision } = node.revision;
  if (sameJson(base, revision)) return;
  const values = { base: base.join(" and "), revision: revision.join(" and ") };
  const gone = missingFrom(base, revision);
  const added = missingFrom(revision, base);
  if (gone.length === 0)
    record(node, "pattern-added", ["pattern"], `has to match ${say(added)}`, values);
  else if (added.length === 0)
    record(node, "pattern-removed", ["pattern"], `no longer has to match ${say(gone)}`, values);
  else {
    const text = `has to match ${say(added)} in place of ${say(gone)}`;
    record(node, "pattern-changed", ["pattern"], text, values);
  }
}
