import type { SchemaReader } from "../schema/schema-reader.js";
import type { Schemas, SchemaView } from "../schema/schema-view.js";
import type { Direction } from "../levels.js";
import { compareAlternatives } from "./alternatives.js";
import { compareConditions } from "./conditions.js";
import { compareDocs, compareMarks } from "./marks.js";
import { compareReshaped, isReshaped } from "./reshaped.js";
import { compareLimits } from "./limits.js";
import { compareObjects } from "./objects.js";
import { SchemaNode } from "./schema-node.js";
import { compareTypes } from "./types.js";
import { compareValues } from "./values.js";

/**
 * Compares schemas of two documents. Each pair is compared once, however many operations use it,
 * and a pair that leads back to itself is taken to be the same there.
 */
export class SchemaComparer {
  readonly #nodes = new Map<SchemaView, Map<SchemaView, SchemaNode>>();

  constructor(
    readonly base: SchemaReader,
    readonly revision: SchemaReader,
  ) {}

  /**
   * @param baseAt where the schemas stand, or would stand: one that is missing allows anything
   */
  compare(
    base: Schemas | undefined,
    revision: Schemas | undefined,
    baseAt: { pointer: string },
    revisionAt: { pointer: string },
  ): SchemaNode {
    const ours = this.base.read(base, baseAt.pointer);
    const theirs = this.revision.read(revision, revisionAt.pointer);
    const counterparts = this.#nodes.get(ours) ?? new Map<SchemaView, SchemaNode>();
    this.#nodes.set(ours, counterparts);
    const known = counterparts.get(theirs);
    if (known) return known;
    const node = new SchemaNode(ours, theirs);
    counterparts.set(theirs, node); // Before its parts: one of them may be the schema itself.
    this.#compareParts(node);
    return node;
  }

  /** Compares a part of two schemas and hangs the result below theirs. */
  descend(
    node: SchemaNode,
    base: Schemas | undefined,
    revision: Schemas | undefined,
    part: string,
    offWire?: Direction,
  ): void {
    const baseAt = { pointer: node.base.pointer + part };
    const revisionAt = { pointer: node.revision.pointer + part };
    node.children.push({ child: this.compare(base, revision, baseAt, revisionAt), offWire });
  }

  /** Every pair that was compared. */
  nodes(): SchemaNode[] {
    return [...this.#nodes.values()].flatMap((counterparts) => [...counterparts.values()]);
  }

  #compareParts(node: SchemaNode): void {
    compareDocs(node);
    if (isReshaped(node)) {
      compareReshaped(node, this);
      return;
    }
    compareTypes(node);
    compareValues(node);
    compareLimits(node);
    compareMarks(node);
    compareObjects(node, this);
    compareAlternatives(node, this);
    compareConditions(node, this);
  }
}
