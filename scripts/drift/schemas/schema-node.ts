import type { JsonObject } from "../../../src/openapi/json.js";
import { toPointer, valueAt } from "../../../src/openapi/pointer.js";
import type { Located } from "../../../src/openapi/references.js";
import type { ApiDocument } from "../api-document.js";
import { meaningOf, place, type Change } from "../compare/change.js";
import { isWorse, type Direction, type Level, type RuleId } from "../rules.js";

/** Schemas that must all hold for one value; usually there is just one. */
export type Schemas = readonly Located[];

/**
 * What a schema demands, regardless of how it is written: references resolved, `allOf` merged,
 * `null` and single-alternative wrappers removed, bounds and constants normalized.
 */
export interface SchemaView {
  /** Its location, for reports. */
  pointer: string;
  /**
   * The schema objects that must all hold: the schema itself, what it refers to, and what `allOf`
   * combines.
   */
  members: readonly AllOfMember[];
  /** The allowed types other than null; `undefined` allows any type. */
  types: ReadonlySet<string> | undefined;
  nullable: boolean;
  /** Every format, sorted. */
  formats: readonly string[];
  /** Every pattern that must match, sorted. */
  patterns: readonly string[];
  /** The allowed values other than null. */
  values: readonly unknown[] | undefined;
  /** Whether those values include null; `undefined` if any value is allowed. */
  listsNull: boolean | undefined;
  limits: ReadonlyMap<LimitName, Limit>;
  multiplesOf: readonly number[];
  uniqueItems: boolean;
  required: ReadonlySet<string>;
  properties: ReadonlyMap<string, Schemas>;
  /** What other properties must be; `closed` rejects them. */
  additional: Schemas | "closed" | undefined;
  /** What the items of an array must be; `closed` rejects those after `prefixItems`. */
  items: Schemas | "closed" | undefined;
  groups: readonly AlternativeGroup[];
  /** Groups that only name types, which `types` includes already. */
  typeGroups: readonly AlternativeGroup[];
  /** The types without those groups. */
  typesBesideGroups: ReadonlySet<string> | undefined;
  not: readonly Located[];
  readOnly: boolean;
  writeOnly: boolean;
  deprecated: boolean;
  /** Every declared default; the first one counts. */
  defaults: readonly unknown[];
  discriminator: Discriminator | undefined;
  /** Keywords without a member above, with every value that applies. */
  others: ReadonlyMap<string, readonly Located[]>;
  /** Text for the reader. */
  docs: ReadonlyMap<string, readonly unknown[]>;
  /** The same schema without its alternatives, to be combined with one of them. */
  withoutGroups: Schemas;
}

/** One of the schema objects that must all hold, with its references resolved. */
export interface AllOfMember extends Located<JsonObject> {
  /** Whether it allows null; `undefined` if it says nothing about null. */
  nullable: boolean | undefined;
}

/** What distinguishes alternatives, or subtypes; its value excludes the mapping. */
export interface Discriminator extends Located {
  /** The schema for each value, from a mapping or from a component's name. */
  mapping: ReadonlyMap<string, Located>;
  /** Whether the discriminator is the only thing that leads to those schemas. */
  isOnlyWay: boolean;
}

/** A bound on a value. */
export interface Limit {
  value: number | bigint;
  /** Whether the bound itself is excluded. */
  exclusive: boolean;
}

export type LimitName =
  `${"min" | "max"}${"imum" | "Length" | "Items" | "Properties" | "Contains"}`;

/** The alternatives of a `oneOf` or an `anyOf`, except one that only stands for null. */
export interface AlternativeGroup {
  kind: "oneOf" | "anyOf";
  pointer: string;
  alternatives: Located[];
  /** Whether null was one of the alternatives. */
  allowsNull: boolean;
  /** The types, if each alternative is only a type and nothing else. */
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

/** An edge from a pair of schemas to a pair of their subschemas. */
export interface Edge {
  child: SchemaNode;
  /** The direction in which this part of the value is never sent. */
  excludedFrom: Direction | undefined;
}

/**
 * A schema in the base paired with its counterpart in the revision: their differences, and their
 * subschemas.
 */
export class SchemaNode {
  readonly changes: Change[] = [];
  /** The pairs of their subschemas. */
  readonly children: Edge[] = [];
  /** Where operations use this schema itself, rather than one that contains it. */
  readonly uses: Use[] = [];

  constructor(
    readonly base: SchemaView,
    readonly revision: SchemaView,
  ) {}

  /**
   * Records that a keyword, or something below it, differs.
   *
   * @param path from the schema to the difference; the keyword is looked up where it is written
   */
  record(
    rule: RuleId,
    path: readonly string[],
    text: string,
    values: { base?: unknown; revision?: unknown } = {},
    extras: ChangeExtras = {},
  ): void {
    const { wording = inBothDirections(text), ...more } = extras;
    this.changes.push({
      ...{ rule, text: wording, identity: { pointer: this.base.pointer + toPointer(path), text } },
      base: place(pointerIn(this.base, path), values.base),
      revision: place(pointerIn(this.revision, path), values.revision),
      ...more,
    });
  }

  /** The worst level in one direction, for this pair and its children. */
  worst(direction: Direction): Level {
    let found: Level = "docs";
    for (const { change, excludedFrom } of this.#reachable()) {
      const { level } = meaningOf(change, { direction }, excludedFrom);
      if (isWorse(level, found)) found = level;
    }
    return found;
  }

  /** Whether nothing but text for the reader differs, here and in all children. */
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

type ChangeExtras = Partial<Pick<Change, "onText" | "onOptionalParameter" | "excludedFrom">> & {
  /** The text to show, if it differs from the one that the id is made from. */
  wording?: Change["text"];
};

/** Other keywords that can say the same. */
const SYNONYMS: Partial<Record<string, readonly string[]>> = {
  nullable: ["nullable", "type", "enum", "const", "oneOf", "anyOf"],
  type: ["type", "oneOf", "anyOf"],
  enum: ["enum", "const"],
  minimum: ["minimum", "exclusiveMinimum"],
  maximum: ["maximum", "exclusiveMaximum"],
  maxItems: ["maxItems", "items"],
  format: ["format", "contentEncoding", "contentMediaType"],
};

/** What the schema `false` demands. It has no keyword that a pointer could lead to. */
export const NOTHING: JsonObject = { not: {} };

function inBothDirections(text: string): Record<Direction, string> {
  return { request: `${text} in what is sent`, response: `${text} in what is received` };
}

/**
 * Where a keyword of a schema is written, possibly behind a reference or in a member of `allOf`.
 */
function pointerIn({ members, pointer }: SchemaView, path: readonly string[]): string {
  const [keyword = "", ...rest] = path;
  for (const name of SYNONYMS[keyword] ?? [keyword]) {
    const inside = toPointer([name, ...rest]);
    const holder = members.find(({ value }) => valueAt(value, inside) !== undefined);
    if (holder?.value === NOTHING) return holder.pointer;
    if (holder) return holder.pointer + inside;
  }
  return pointer + toPointer(path);
}

/** What the comparison of one pair of schemas needs to compare or read others. */
export interface SchemaComparison {
  /** @param baseAt where the schemas are, or would be: a missing one allows anything */
  compare(
    base: Schemas | undefined,
    revision: Schemas | undefined,
    baseAt: { pointer: string },
    revisionAt: { pointer: string },
  ): SchemaNode;
  /** Compares subschemas of two schemas, and adds the result to the children of the node. */
  descend(
    node: SchemaNode,
    base: Schemas | undefined,
    revision: Schemas | undefined,
    keywords: string,
    excludedFrom?: Direction,
  ): void;
  /** Whether nothing but text for the reader differs between two schemas. */
  isSame(node: SchemaNode): boolean;
  /** The worst level of the differences between two schemas in one direction. */
  worst(node: SchemaNode, direction: Direction): Level;
  base: SchemaViews;
  revision: SchemaViews;
}

/** Reads the schemas of one document. */
export interface SchemaViews {
  readonly document: ApiDocument;
  read(schemas: Schemas | undefined, pointer: string): SchemaView;
}
