import { isWorse, type Direction, type Level } from "../levels.js";
import type { SchemaView } from "../schema/schema-view.js";
import type { Change } from "./change.js";
import { meaningOf } from "./meaning.js";

/** One use of a schema by an operation. */
export interface Use {
  /** `POST /v2/pikzonality/style` */
  operation: string;
  direction: Direction;
  /** Whether values are text on the wire: parameters, headers, forms. */
  isText: boolean;
  isOptionalParameter: boolean;
}

export interface Edge {
  child: SchemaNode;
  /** The direction in which this part of the value never travels. */
  offWire: Direction | undefined;
}

/** A schema of the base beside its counterpart of the revision: what differs, and their parts. */
export class SchemaNode {
  readonly changes: Change[] = [];
  /** The parts, each in both schemas. */
  readonly children: Edge[] = [];
  /** Where operations use this very schema, not one that contains it. */
  readonly uses: Use[] = [];

  constructor(
    readonly base: SchemaView,
    readonly revision: SchemaView,
  ) {}

  /** The worst that this and its parts mean in one direction. */
  worst(direction: Direction): Level {
    let found: Level = "docs";
    for (const { change, offWire } of this.#reachable()) {
      const { level } = meaningOf(change, { direction }, offWire);
      if (isWorse(level, found)) found = level;
    }
    return found;
  }

  /** Whether nothing but words differs, here and in all parts. */
  isSame(): boolean {
    for (const { change } of this.#reachable()) if (change.rule !== "docs-changed") return false;
    return true;
  }

  *#reachable(): Generator<{ change: Change; offWire: Direction | undefined }> {
    const seen = new Set<SchemaNode>();
    const todo: Edge[] = [{ child: this, offWire: undefined }];
    for (let edge = todo.pop(); edge; edge = todo.pop()) {
      if (seen.has(edge.child)) continue;
      seen.add(edge.child);
      const { offWire } = edge;
      for (const change of edge.child.changes) yield { change, offWire };
      for (const part of edge.child.children)
        todo.push({ child: part.child, offWire: offWire ?? part.offWire });
    }
  }
}
