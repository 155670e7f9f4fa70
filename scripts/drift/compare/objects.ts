import { toPointer } from "../../../src/openapi/pointer.js";
import type { Direction } from "../levels.js";
import type { SchemaReader } from "../schema/schema-reader.js";
import type { Schemas, SchemaView } from "../schema/schema-view.js";
import { record } from "./record.js";
import type { SchemaComparer } from "./schema-comparer.js";
import type { SchemaNode } from "./schema-node.js";

/** Compares the parts of objects and the items of arrays. */
export function compareObjects(node: SchemaNode, comparer: SchemaComparer): void {
  const { base, revision } = node;
  for (const [name, schemas] of base.properties) {
    const counterpart = revision.properties.get(name);
    if (counterpart) compareProperty(node, comparer, name, schemas, counterpart);
    else recordRemoved(node, comparer.base, name, schemas);
  }
  for (const [name, schemas] of revision.properties)
    if (!base.properties.has(name)) recordAdded(node, comparer.revision, name, schemas);
  compareRequired(node, comparer);
  compareAdditional(node, comparer);
  if (base.items ?? revision.items) comparer.descend(node, base.items, revision.items, "/items");
}

function compareProperty(
  node: SchemaNode,
  comparer: SchemaComparer,
  name: string,
  base: Schemas,
  revision: Schemas,
): void {
  const path = toPointer(["properties", name]);
  const offWire = offWireOf(comparer.revision.read(revision, node.revision.pointer + path));
  comparer.descend(node, base, revision, path, offWire);
}

/** The direction in which a property never travels: servers decide what is read-only. */
function offWireOf(schema: SchemaView): Direction | undefined {
  if (schema.readOnly) return "request";
  return schema.writeOnly ? "response" : undefined;
}

function recordRemoved(node: SchemaNode, reader: SchemaReader, name: string, schemas: Schemas) {
  const offWire = offWireOf(reader.read(schemas, node.base.pointer));
  const values = { base: schemas[0]?.value };
  const text = `property \`${name}\` is gone`;
  record(node, "property-removed", ["properties", name], text, values, { offWire });
}

function recordAdded(node: SchemaNode, reader: SchemaReader, name: string, schemas: Schemas) {
  const offWire = offWireOf(reader.read(schemas, node.revision.pointer));
  const values = { revision: schemas[0]?.value };
  const isRequired = node.revision.required.has(name);
  const rule = isRequired ? "property-added-required" : "property-added-optional";
  const text = `property \`${name}\` is new and ${isRequired ? "required" : "optional"}`;
  record(node, rule, ["properties", name], text, values, { offWire });
}

function compareRequired(node: SchemaNode, comparer: SchemaComparer): void {
  const { base, revision } = node;
  const isNewOrGone = (name: string) => base.properties.has(name) !== revision.properties.has(name);
  const offWire = (name: string) =>
    offWireOf(comparer.revision.read(revision.properties.get(name), revision.pointer));
  for (const name of revision.required) {
    if (base.required.has(name) || isNewOrGone(name)) continue;
    const text = `property \`${name}\` became required`;
    record(node, "property-became-required", ["required"], text, valuesOf(node), {
      offWire: offWire(name),
    });
  }
  for (const name of base.required) {
    if (revision.required.has(name) || isNewOrGone(name)) continue;
    const text = `property \`${name}\` became optional`;
    record(node, "property-became-optional", ["required"], text, valuesOf(node), {
      offWire: offWire(name),
    });
  }
}

function valuesOf(node: SchemaNode): { base: string[]; revision: string[] } {
  return { base: [...node.base.required].sort(), revision: [...node.revision.required].sort() };
}

function compareAdditional(node: SchemaNode, comparer: SchemaComparer): void {
  const { additional: base } = node.base;
  const { additional: revision } = node.revision;
  const hasDeclared = node.base.properties.size > 0;
  const path = ["additionalProperties"];
  if (base === revision) return;
  if (revision === "closed") {
    // The types of an object that declares its properties already let no others through.
    const rule = base === undefined && hasDeclared ? "object-closed" : "map-closed";
    record(node, rule, path, "takes no further properties now", { revision: false });
  } else if (base === "closed" || (base === undefined && hasDeclared)) {
    record(node, "object-opened", path, "may have further properties now", {
      base: base === "closed" ? false : undefined,
      revision: revision?.[0]?.value ?? true,
    });
  } else comparer.descend(node, base, revision, "/additionalProperties");
}
