import type { SchemaReader } from "../schema/schema-reader.js";
import type { Schemas } from "../schema/schema-view.js";
import type { Direction } from "../levels.js";
import { compareAlternatives } from "./alternatives.js";
import { compareKeywords } from "./keywords.js";
import { compareLimits } from "./limits.js";
import { compareObjects } from "./objects.js";
import { SchemaNode } from "./schema-node.js";
import { compareTypes } from "./types.js";
import { compareValues } from "./values.js";

/** Where two schemas stand; used where one of them is missing, since then anything is allowed. */
export interface Pointers {
  base: string;
  revision: string;
}

/**
 * Compares schemas of two documents. Each pair is compared once, however many operations use it,
 * and a pair that leads back to itself is taken to be the same there.
 */
export class SchemaComparer {
  readonly #nodes = new Map<object, Map<object, SchemaNode>>();

  constructor(
    readonly base: SchemaReader,
    readonly revision: SchemaReader,
  ) {}

  compare(base: Schemas | undefined, revision: Schemas | undefined, at: Pointers): SchemaNode {
    const pair = [this.base.read(base, at.base), this.revision.read(revision, at.revision)] as const;
    const counterparts = this.#nodes.get(pair[0]) ?? new Map<object, SchemaNode>();
    this.#nodes.set(pair[0], counterparts);
    const known = counterparts.get(pair[1]);
    if (known) return known;
    const node = new SchemaNode(...pair);
    counterparts.set(pair[1], node);
    compareTypes(node);
    compareValues(node);
    compareLimits(node);
    compareObjects(node, this);
    compareAlternatives(node, this);
    compareKeywords(node, this);
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
    const at = { base: node.base.pointer + part, revision: node.revision.pointer + part };
    node.children.push({ child: this.compare(base, revision, at), offWire });
  }

  nodes(): SchemaNode[] {
    return [...this.#nodes.values()].flatMap((counterparts) => [...counterparts.values()]);
  }
}
