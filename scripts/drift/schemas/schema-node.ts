import type { JsonObject } from "../../../src/openapi/json.js";
import { toPointer, valueAt } from "../../../src/openapi/pointer.js";
import type { Located } from "../../../src/openapi/references.js";
import type { ApiDocument } from "../api-document.js";
import { meaningOf, place, type Change } from "../compare/change.js";
import { isWorse, type Direction, type Level, type RuleId } from "../rules.js";

/** Schemas that must all hold for one value; most often there is just one. */
export type Schemas = readonly Located[];

/**
 * What a schema demands, however it is written: references followed, `allOf` merged, `null` and
 * single-alternative wrappers taken out, bounds and constants in one form.
 */
export interface SchemaView {
  /** Where it is, for reports. */
  pointer: string;
  /** The schema objects that all have to hold: itself, what it refers to, what `allOf` joins. */
  members: readonly AllOfMember[];
  /** The allowed types other than null; `undefined` allows any type. */
  types: ReadonlySet<string> | undefined;
  nullable: boolean;
  /** Every format, sorted. */
  formats: readonly string[];
  /** Every pattern that has to match, sorted. */
  patterns: readonly string[];
  /** The allowed values other than null. */
  values: readonly unknown[] | undefined;
  /** Whether those values name null; `undefined` if any value is allowed. */
  listsNull: boolean | undefined;
  limits: ReadonlyMap<LimitName, Limit>;
  multiplesOf: readonly number[];
  uniqueItems: boolean;
  required: ReadonlySet<string>;
  properties: ReadonlyMap<string, Schemas>;
  /** What other properties have to be; `closed` refuses them. */
  additional: Schemas | "closed" | undefined;
  /** What the items of an array have to be; `closed` refuses those past `prefixItems`. */
  items: Schemas | "closed" | undefined;
  groups: readonly AlternativeGroup[];
  /** Groups that do no more than name types, which `types` does already. */
  typeGroups: readonly AlternativeGroup[];
  /** The types as they are without those groups. */
  typesBesideGroups: ReadonlySet<string> | undefined;
  not: readonly Located[];
  readOnly: boolean;
  writeOnly: boolean;
  deprecated: boolean;
  /** Every default that is given; the first counts. */
  defaults: readonly unknown[];
  discriminator: Discriminator | undefined;
  /** Keywords that have no member above, with every value that applies. */
  others: ReadonlyMap<string, readonly Located[]>;
  /** Words for the reader. */
  docs: ReadonlyMap<string, readonly unknown[]>;
  /** The same without its alternatives, to be joined with one of them. */
  withoutGroups: Schemas;
}

/** One schema object of those that must all hold, with its references followed. */
export interface AllOfMember extends Located<JsonObject> {
  /** Whether it allows null, or refuses it; `undefined` if it says nothing about null. */
  nullable: boolean | undefined;
}

/** What tells alternatives, or subtypes, apart; its value is without the mapping. */
export interface Discriminator extends Located {
  /** The schema for each value, whether a mapping or a component's name says so. */
  mapping: ReadonlyMap<string, Located>;
  /** Whether nothing but the discriminator leads to those schemas. */
  isOnlyWay: boolean;
}

/** A bound on a value. */
export interface Limit {
  value: number | bigint;
  /** Whether the bound itself is not allowed. */
  exclusive: boolean;
}

export type LimitName =
  `${"min" | "max"}${"imum" | "Length" | "Items" | "Properties" | "Contains"}`;

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

  /**
   * Records that a keyword, or something below it, differs.
   *
   * @param path from the schema to what differs; the keyword is looked up where it is written
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

type ChangeExtras = Partial<Pick<Change, "onText" | "onOptionalParameter" | "excludedFrom">> & {
  /** The text as it is shown, if it is another one than the id is made of. */
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

/** What the schema `false` demands; it has no keyword that a pointer could lead to. */
export const NOTHING: JsonObject = { not: {} };

function inBothDirections(text: string): Record<Direction, string> {
  return { request: `${text} in what is sent`, response: `${text} in what is received` };
}

/** Where a keyword of a schema is written, be it behind a reference or in a member of `allOf`. */
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
  /** Whether nothing but words differs between two schemas. */
  isSame(node: SchemaNode): boolean;
  /** The worst that differs between two schemas means in one direction. */
  worst(node: SchemaNode, direction: Direction): Level;
  base: SchemaViews;
  revision: SchemaViews;
}

/** Reads the schemas of one document. */
export interface SchemaViews {
  readonly document: ApiDocument;
  read(schemas: Schemas | undefined, pointer: string): SchemaView;
}
