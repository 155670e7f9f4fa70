import type { Direction, Level, RuleId } from "../rules.js";
import { compareAlternatives } from "./alternatives.js";
import { compareConstraints } from "./constraints.js";
import { compareDiscriminators } from "./discriminator.js";
import { compareObjects } from "./objects.js";
import { compareOneOfChange, comparePresence, isOneOfChange } from "./one-of-changes.js";
import { compareAnnotations, compareConditions, compareDocs } from "./other-keywords.js";
import { type SchemaComparison, SchemaNode, type Schemas, type SchemaView } from "./schema-node.js";
import type { SchemaReader } from "./schema-reader.js";
import { compareTypes } from "./types.js";

/**
 * Compares schemas of two documents. Each pair is compared once, however many operations use it,
 * and a pair that leads back to itself is assumed to be the same there.
 */
export class SchemaComparer implements SchemaComparison {
  readonly #nodes = new Map<SchemaView, Map<SchemaView, SchemaNode>>();
  /** The work list. There is no recursion, since schemas nest by the thousand. */
  readonly #pending: SchemaNode[] = [];

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
    const node = new SchemaNode(...withAlternatives(ours, theirs));
    counterparts.set(theirs, node);
    this.#pending.push(node);
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

  isSame(node: SchemaNode): boolean {
    this.#comparePending();
    return node.isSame();
  }

  worst(node: SchemaNode, direction: Direction): Level {
    this.#comparePending();
    return node.worst(direction);
  }

  /** Every pair that was compared. */
  nodes(): SchemaNode[] {
    this.#comparePending();
    return [...this.#nodes.values()].flatMap((counterparts) => [...counterparts.values()]);
  }

  #comparePending(): void {
    for (let node = this.#pending.pop(); node; node = this.#pending.pop())
      this.#compareKeywords(node);
  }

  #compareKeywords(node: SchemaNode): void {
    this.#compareAll(node);
    const rest = comparePresence(node, this);
    if (!rest) return;
    const restNode = new SchemaNode(...rest);
    this.#compareAll(restNode);
    node.changes.push(...restNode.changes.filter(({ rule }) => !isOfRequired(rule)));
    node.children.push(...restNode.children);
  }

  #compareAll(node: SchemaNode): void {
    compareDocs(node);
    if (isOneOfChange(node)) {
      compareOneOfChange(node, this);
      return;
    }
    compareTypes(node);
    compareConstraints(node, this);
    compareAnnotations(node);
    compareObjects(node, this);
    compareAlternatives(node, this);
    compareDiscriminators(node, this);
    compareConditions(node, this);
  }
}

/** The truth table has already decided about `required`. */
function isOfRequired(rule: RuleId): boolean {
  return rule === "property-became-required" || rule === "property-became-optional";
}

/**
 * If only one side has alternatives that are more than types, the type groups of the other count as
 * alternatives as well.
 */
function withAlternatives(base: SchemaView, revision: SchemaView): [SchemaView, SchemaView] {
  if (base.groups.length > 0 && revision.groups.length === 0)
    return [base, withTypeGroups(revision)];
  if (revision.groups.length > 0 && base.groups.length === 0)
    return [withTypeGroups(base), revision];
  return [base, revision];
}

function withTypeGroups(view: SchemaView): SchemaView {
  if (view.typeGroups.length === 0) return view;
  return { ...view, types: view.typesBesideGroups, groups: view.typeGroups };
}
