import { toPointer } from "../../../src/openapi/pointer.js";
import { isObject } from "../../../src/openapi/json.js";
import { memberAt, type ApiDocument } from "../api-document.js";
import type { Direction } from "../rules.js";
import type {
  AllOfMember,
  SchemaComparison,
  SchemaNode,
  Schemas,
  SchemaView,
  SchemaViews,
} from "./schema-node.js";

/** The properties that any of the schemas declares, with everything demanded of each. */
export function readProperties(
  document: ApiDocument,
  members: readonly AllOfMember[],
): Map<string, Schemas> {
  const properties = new Map<string, Schemas>();
  for (const member of members) {
    const { value, pointer } = memberAt(member, "properties");
    if (!isObject(value)) continue;
    document.markCompared(value);
    for (const name of Object.keys(value)) {
      const schema = memberAt({ value, pointer }, name);
      properties.set(name, [...(properties.get(name) ?? []), schema]);
    }
  }
  return properties;
}

export function readAdditional(members: readonly AllOfMember[]): SchemaView["additional"] {
  const schemas = members.map((member) => memberAt(member, "additionalProperties"));
  if (schemas.some(({ value }) => value === false)) return "closed";
  // `true` and `{}` mean the same as omitting the keyword.
  const demanding = schemas.filter(({ value }) => isObject(value) && Object.keys(value).length > 0);
  return demanding.length > 0 ? demanding : undefined;
}

/** Compares the properties of objects and the items of arrays. */
export function compareObjects(node: SchemaNode, comparer: SchemaComparison): void {
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
  compareItems(node, comparer);
}

/** Whether any further items are allowed at all is treated as a limit on their number. */
function compareItems(node: SchemaNode, comparer: SchemaComparison): void {
  const { items: base } = node.base;
  const { items: revision } = node.revision;
  if (base === "closed" || revision === "closed") return;
  if (base ?? revision) comparer.descend(node, base, revision, "/items");
}

function compareProperty(
  node: SchemaNode,
  comparer: SchemaComparison,
  name: string,
  base: Schemas,
  revision: Schemas,
): void {
  const path = toPointer(["properties", name]);
  const before = comparer.base.read(base, node.base.pointer + path);
  const after = comparer.revision.read(revision, node.revision.pointer + path);
  comparer.descend(node, base, revision, path, exclusionOfBoth(before, after));
}

/**
 * The direction in which a property no longer matters. Programs never received a property that was
 * already write-only; one that has just become write-only is one they will miss.
 */
function exclusionOfBoth(base: SchemaView, revision: SchemaView): Direction | undefined {
  const excludedFrom = exclusionOf(revision);
  return excludedFrom === "response" && !base.writeOnly ? undefined : excludedFrom;
}

/** The direction in which a property is never sent: a client does not send read-only properties. */
function exclusionOf(schema: SchemaView): Direction | undefined {
  if (schema.readOnly) return "request";
  return schema.writeOnly ? "response" : undefined;
}

function recordRemoved(node: SchemaNode, views: SchemaViews, name: string, schemas: Schemas) {
  const excludedFrom = exclusionOf(views.read(schemas, node.base.pointer));
  const values = { base: schemas[0]?.value };
  const text = `property \`${name}\` is gone`;
  node.record("property-removed", ["properties", name], text, values, { excludedFrom });
}

function recordAdded(node: SchemaNode, views: SchemaViews, name: string, schemas: Schemas) {
  const excludedFrom = exclusionOf(views.read(schemas, node.revision.pointer));
  const values = { revision: schemas[0]?.value };
  const isRequired = node.revision.required.has(name);
  const rule = isRequired ? "property-added-required" : "property-added-optional";
  const text = `property \`${name}\` is new and ${isRequired ? "required" : "optional"}`;
  node.record(rule, ["properties", name], text, values, { excludedFrom });
}

function compareRequired(node: SchemaNode, comparer: SchemaComparison): void {
  const { base, revision } = node;
  const isNewOrGone = (name: string) => base.properties.has(name) !== revision.properties.has(name);
  const exclusion = (name: string) => ({
    excludedFrom: exclusionOfBoth(
      comparer.base.read(base.properties.get(name), base.pointer),
      comparer.revision.read(revision.properties.get(name), revision.pointer),
    ),
  });
  for (const name of revision.required) {
    if (base.required.has(name) || isNewOrGone(name)) continue;
    const text = `property \`${name}\` became required`;
    const values = requiredOf(node);
    node.record("property-became-required", ["required"], text, values, exclusion(name));
  }
  for (const name of base.required) {
    if (revision.required.has(name) || isNewOrGone(name)) continue;
    const text = `property \`${name}\` became optional`;
    const values = requiredOf(node);
    node.record("property-became-optional", ["required"], text, values, exclusion(name));
  }
}

function requiredOf(node: SchemaNode): { base: string[]; revision: string[] } {
  return { base: [...node.base.required].sort(), revision: [...node.revision.required].sort() };
}

function compareAdditional(node: SchemaNode, comparer: SchemaComparison): void {
  const { additional: base } = node.base;
  const { additional: revision } = node.revision;
  const hasDeclared = node.base.properties.size > 0;
  const path = ["additionalProperties"];
  if (base === revision) return;
  if (revision === "closed") {
    // The types of an object that declares its properties do not allow others anyway.
    const rule = base === undefined && hasDeclared ? "object-closed" : "map-closed";
    node.record(rule, path, "takes no further properties now", { revision: false });
  } else if (base === "closed" || (base === undefined && hasDeclared)) {
    node.record("object-opened", path, "may have further properties now", {
      base: base === "closed" ? false : undefined,
      revision: revision?.[0]?.value ?? true,
    });
  } else comparer.descend(node, base, revision, "/additionalProperties");
}
