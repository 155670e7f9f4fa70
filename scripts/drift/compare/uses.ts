import type { Direction } from "../levels.js";
import type { SchemaNode, Use } from "./schema-node.js";

/** A changed schema, and a use of it or of one that contains it. */
export interface SchemaUse {
  node: SchemaNode;
  use: Use;
  /** The direction in which the schema's part of the value never travels. */
  offWire: Direction | undefined;
  /** Whether the very schema is used, not one that contains it. */
  isSelf: boolean;
}

interface Parent {
  node: SchemaNode;
  offWire: Direction | undefined;
}

/** Finds for every schema that changed where operations use it, from the change upwards. */
export function* usesOf(schemas: readonly SchemaNode[]): Generator<SchemaUse> {
  const parents = parentsOf(schemas);
  for (const node of schemas) {
    if (node.changes.length === 0) continue;
    for (const ancestor of ancestorsOf(node, parents)) {
      const { offWire } = ancestor;
      const isSelf = ancestor.node === node;
      for (const use of ancestor.node.uses) yield { node, use, offWire, isSelf };
    }
  }
}

function parentsOf(schemas: readonly SchemaNode[]): Map<SchemaNode, Parent[]> {
  const parents = new Map<SchemaNode, Parent[]>();
  for (const node of schemas) {
    for (const { child, offWire } of node.children) {
      const known = parents.get(child);
      if (known) known.push({ node, offWire });
      else parents.set(child, [{ node, offWire }]);
    }
  }
  return parents;
}

/** The schema itself and all that contain it, each once for every way of not being on the wire. */
function* ancestorsOf(node: SchemaNode, parents: Map<SchemaNode, Parent[]>): Generator<Parent> {
  const seen = new Map<SchemaNode, Set<Direction | undefined>>();
  const todo: Parent[] = [{ node, offWire: undefined }];
  for (let step = todo.pop(); step; step = todo.pop()) {
    const ways = seen.get(step.node) ?? new Set();
    if (ways.has(step.offWire)) continue;
    seen.set(step.node, ways.add(step.offWire));
    yield step;
    for (const parent of parents.get(step.node) ?? [])
      todo.push({ node: parent.node, offWire: step.offWire ?? parent.offWire });
  }
}
