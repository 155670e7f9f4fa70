import type { Located } from "../../../src/openapi/references.js";
import { meaningOf, type Change } from "../compare/change.js";
import { isWorse, type Direction, type Level } from "../rules.js";

/** Schemas that must all hold for one value; most often there is just one. */
export type Schemas = readonly Located[];

/**
 * What a schema demands, however it is written: references followed, `allOf` merged, `null` and
 * single-alternative wrappers taken out, bounds and constants in one form.
 */
export interface SchemaView {
  /** Where it stands, for reports. */
  pointer: string;
  /** The allowed types other than null; `undefined` allows any type. */
  types: ReadonlySet<string> | undefined;
  nullable: boolean;
  format: string | undefined;
  /** Every pattern that has to match, sorted. */
  patterns: readonly string[];
  /** The allowed values other than null. */
  values: readonly unknown[] | undefined;
  limits: ReadonlyMap<LimitName, Limit>;
  multipleOf: number | undefined;
  uniqueItems: boolean;
  required: ReadonlySet<string>;
  properties: ReadonlyMap<string, Schemas>;
  /** What other properties have to be; `closed` refuses them. */
  additional: Schemas | "closed" | undefined;
  items: Schemas | undefined;
  groups: readonly AlternativeGroup[];
  not: readonly Located[];
  readOnly: boolean;
  writeOnly: boolean;
  deprecated: boolean;
  default: unknown;
  /** Keywords that have no member above, with every value that applies. */
  others: ReadonlyMap<string, readonly Located[]>;
  /** Words for the reader. */
  docs: ReadonlyMap<string, unknown>;
  /** The same without its alternatives, to be joined with one of them. */
  withoutGroups: Schemas;
}

/** A bound on a value. */
export interface Limit {
  value: number;
  /** Whether the bound itself is not allowed. */
  exclusive: boolean;
}

export type LimitName = `${"min" | "max"}${"imum" | "Length" | "Items" | "Properties"}`;

/** The alternatives of a `oneOf` or an `anyOf`, without the one that only stands for null. */
export interface AlternativeGroup {
  kind: "oneOf" | "anyOf";
  pointer: string;
  alternatives: Located[];
  /** Whether null was one of the alternatives. */
  allowsNull: boolean;
  /** The types, if each alternative is a bare type and nothing else. */
  bareTypes: string[] | undefined;
}

/** One use of a schema by an operation. */
export interface Use {
  /** `POST /v2/pikzonality/style` */
  operation: string;
  direction: Direction;
  /** Whether values are text on the wire: parameters, headers, forms. */
  isText: boolean;
  isOptionalParameter: boolean;
}

/** From a pair of schemas to a pair of their subschemas. */
export interface Edge {
  child: SchemaNode;
  /** The direction in which this part of the value never travels. */
  excludedFrom: Direction | undefined;
}

/** A schema of the base beside its counterpart of the revision: what differs, and their parts. */
export class SchemaNode {
  readonly changes: Change[] = [];
  /** The pairs of their subschemas. */
  readonly children: Edge[] = [];
  /** Where operations use this very schema, not one that contains it. */
  readonly uses: Use[] = [];

  constructor(
    readonly base: SchemaView,
    readonly revision: SchemaView,
  ) {}

  /** The worst that this and its children mean in one direction. */
  worst(direction: Direction): Level {
    let found: Level = "docs";
    for (const { change, excludedFrom } of this.#reachable()) {
      const { level } = meaningOf(change, { direction }, excludedFrom);
      if (isWorse(level, found)) found = level;
    }
    return found;
  }

  /** Whether nothing but words differs, here and in all children. */
  isSame(): boolean {
    for (const { change } of this.#reachable()) if (change.rule !== "docs-changed") return false;
    return true;
  }

  *#reachable(): Generator<{ change: Change; excludedFrom: Direction | undefined }> {
    const seen = new Set<SchemaNode>();
    const todo: Edge[] = [{ child: this, excludedFrom: undefined }];
    for (let edge = todo.pop(); edge; edge = todo.pop()) {
      if (seen.has(edge.child)) continue;
      seen.add(edge.child);
      const { excludedFrom } = edge;
      for (const change of edge.child.changes) yield { change, excludedFrom };
      for (const next of edge.child.children)
        todo.push({ child: next.child, excludedFrom: excludedFrom ?? next.excludedFrom });
    }
  }
}

/** What comparing one pair of schemas needs to compare others, or to read them. */
export interface SchemaComparison {
  /**
   * @param baseAt where the schemas are, or would be: one that is missing allows anything
   */
  compare(
    base: Schemas | undefined,
    revision: Schemas | undefined,
    baseAt: { pointer: string },
    revisionAt: { pointer: string },
  ): SchemaNode;
  /** Compares subschemas of two schemas, and adds the result to the children of theirs. */
  descend(
    node: SchemaNode,
    base: Schemas | undefined,
    revision: Schemas | undefined,
    keywords: string,
    excludedFrom?: Direction,
  ): void;
  base: SchemaViews;
  revision: SchemaViews;
}

/** Reads the schemas of one document. */
export interface SchemaViews {
  read(schemas: Schemas | undefined, pointer: string): SchemaView;
}
