import type { Direction } from "../rules.js";
import { compareAlternatives } from "./alternatives.js";
import { compareAnnotations, compareDocs } from "./annotations.js";
import { compareConditions } from "./conditions.js";
import { compareConstraints } from "./constraints.js";
import { compareObjects } from "./objects.js";
import { compareOneOfChange, isOneOfChange } from "./one-of-changes.js";
import { SchemaNode, type SchemaComparison, type Schemas, type SchemaView } from "./schema-node.js";
import type { SchemaReader } from "./schema-reader.js";
import { compareTypes } from "./types.js";

/**
 * Compares schemas of two documents. Each pair is compared once, however many operations use it,
 * and a pair that leads back to itself is taken to be the same there.
 */
export class SchemaComparer implements SchemaComparison {
  readonly #nodes = new Map<SchemaView, Map<SchemaView, SchemaNode>>();

  constructor(
    readonly base: SchemaReader,
    readonly revision: SchemaReader,
  ) {}

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
    counterparts.set(theirs, node); // Before its subschemas: one of them may be the schema itself.
    this.#compareKeywords(node);
    return node;
  }

  descend(
    node: SchemaNode,
    base: Schemas | undefined,
    revision: Schemas | undefined,
    keywords: string,
    excludedFrom?: Direction,
  ): void {
    const baseAt = { pointer: node.base.pointer + keywords };
    const revisionAt = { pointer: node.revision.pointer + keywords };
    node.children.push({ child: this.compare(base, revision, baseAt, revisionAt), excludedFrom });
  }

  /** Every pair that was compared. */
  nodes(): SchemaNode[] {
    return [...this.#nodes.values()].flatMap((counterparts) => [...counterparts.values()]);
  }

  #compareKeywords(node: SchemaNode): void {
    compareDocs(node);
    if (isOneOfChange(node)) {
      compareOneOfChange(node, this);
      return;
    }
    compareTypes(node);
    compareConstraints(node);
    compareAnnotations(node);
    compareObjects(node, this);
    compareAlternatives(node, this);
    compareConditions(node, this);
  }
}
