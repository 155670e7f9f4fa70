import { jsonEquals } from "../../../src/openapi/equality.js";
import { inWords, record } from "../compare/change.js";
import type { SchemaNode } from "./schema-node.js";

/** Compares the words for the reader. */
export function compareDocs(node: SchemaNode): void {
  for (const keyword of new Set([...node.base.docs.keys(), ...node.revision.docs.keys()])) {
    const values = { base: node.base.docs.get(keyword), revision: node.revision.docs.get(keyword) };
    if (!jsonEquals(values.base, values.revision))
      record(node, "docs-changed", [keyword], `${keyword} changed`, values);
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
    record(node, "deprecation-changed", ["deprecated"], text);
  }
  if (base.readOnly !== revision.readOnly) {
    const rule = revision.readOnly ? "property-became-read-only" : "property-became-read-write";
    record(node, rule, ["readOnly"], revision.readOnly ? "became read-only" : "may be sent now");
  }
  if (base.writeOnly !== revision.writeOnly) {
    const rule = revision.writeOnly ? "property-became-write-only" : "property-became-read-write";
    record(node, rule, ["writeOnly"], revision.writeOnly ? "became write-only" : "comes back now");
  }
}

function compareDefaults(node: SchemaNode): void {
  const { default: base } = node.base;
  const { default: revision } = node.revision;
  if (jsonEquals(base, revision)) return;
  const valueInWords = (value: unknown) => (value === undefined ? "none" : inWords(value));
  const text = `default changed from ${valueInWords(base)} to ${valueInWords(revision)}`;
  const extras = { onOptionalParameter: "parameter-default-changed" } as const;
  record(node, "default-changed", ["default"], text, { base, revision }, extras);
}
