import { holdSameValues, jsonEquals } from "../../../src/openapi/equality.js";
import { inWords } from "../compare/change.js";
import type { SchemaNode } from "./schema-node.js";

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
