import { isObject } from "../../../src/openapi/json.js";
import { sameJson } from "../json.js";
import { record } from "./record.js";
import type { SchemaNode } from "./schema-node.js";

/** Compares what tells alternatives apart: the property, and the value that stands for each. */
export function compareDiscriminators(node: SchemaNode): void {
  const base = node.base.others.get("discriminator")?.[0]?.value;
  const revision = node.revision.others.get("discriminator")?.[0]?.value;
  if (sameJson(normal(base), normal(revision))) return;
  const text = "what tells the alternatives apart changed";
  record(node, "discriminator-changed", ["discriminator"], text, { base, revision });
}

/** `Cat` in a mapping is short for `#/components/schemas/Cat`. */
function normal(discriminator: unknown): unknown {
  if (!isObject(discriminator)) return undefined;
  const mapping = isObject(discriminator["mapping"]) ? discriminator["mapping"] : {};
  const targets = Object.entries(mapping).map(([value, target]) => [
    value,
    typeof target === "string" ? target.split("/").at(-1) : target,
  ]);
  return { ...discriminator, mapping: Object.fromEntries(targets) as Record<string, unknown> };
}
