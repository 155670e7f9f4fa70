import { createHash } from "node:crypto";
import { meaningOf, type Change, type Place, type Wording } from "./compare/change.js";
import type { Comparison } from "./compare/compare-documents.js";
import {
  directions,
  levels,
  ruleOf,
  worst,
  type Direction,
  type Level,
  type RuleId,
} from "./rules.js";
import type { SchemaNode, Use } from "./schemas/schema-node.js";

/** An operation that a finding reaches, and what the finding means for it. */
export interface Reach {
  /** `POST /v2/pikzonality/style` */
  operation: string;
  /** `request`: in what we send; `response`: in what we receive; `null`: the operation itself. */
  direction: Direction | null;
  level: Level;
}

/** One difference between the two documents and what it means for programs. */
export interface Finding {
  /** Stable as long as the finding exists, so that `drift-accept.yaml` can refer to it. */
  id: string;
  rule: RuleId;
  /** The worst level of everything that it reaches. */
  level: Level;
  text: string;
  why: string;
  base: Place;
  revision: Place;
  /** Empty if the finding concerns the document as a whole. */
  reaches: Reach[];
}

/** What each change means, reported once with every operation that it reaches; worst first. */
export function findingsOf({ differences, schemas }: Comparison): Finding[] {
  const findings = new Findings();
  for (const { change, operation, direction } of differences) {
    const level = ruleOf(change.rule)[direction ?? "request"];
    const reach =
      operation === undefined ? undefined : { operation, direction: direction ?? null, level };
    findings.add(change, change.rule, level, reach);
  }
  for (const { node, use, excludedFrom, isSelf } of usesOf(schemas)) {
    const { operation, direction } = use;
    const isOptionalParameter = isSelf && use.isOptionalParameter;
    for (const change of node.changes) {
      const { rule, level } = meaningOf(change, { ...use, isOptionalParameter }, excludedFrom);
      findings.add(change, rule, level, { operation, direction, level });
    }
  }
  return findings.all().sort(worstFirst);
}

function worstFirst(left: Finding, right: Finding): number {
  return (
    levels.indexOf(left.level) - levels.indexOf(right.level) ||
    left.base.pointer.localeCompare(right.base.pointer) ||
    left.text.localeCompare(right.text)
  );
}

/** Collects findings. A change at one location is one finding, however many uses it has. */
class Findings {
  readonly #findings = new Map<string, { finding: Finding; change: Change }>();
  readonly #reaches = new Map<string, Reach>();

  add(change: Change, rule: RuleId, level: Level, reach: Reach | undefined): void {
    const key = `${rule} ${sharedPlaceOf(change) ?? change.identity.pointer} ${change.identity.text}`;
    const { finding } = this.#findings.get(key) ?? this.#open(key, change, rule, level);
    finding.level = worseOf(finding.level, level);
    if (!reach) return;
    const reachKey = `${key} ${reach.direction ?? ""} ${reach.operation}`;
    const known = this.#reaches.get(reachKey);
    if (known) known.level = worseOf(known.level, level);
    else {
      this.#reaches.set(reachKey, reach);
      finding.reaches.push(reach);
    }
  }

  all(): Finding[] {
    return [...this.#findings.values()].map(({ finding, change }) => ({
      ...finding,
      text: wordingOf(change.text, finding.reaches),
    }));
  }

  #open(key: string, change: Change, rule: RuleId, level: Level) {
    const { pointer, text } = change.identity;
    const id = createHash("sha256").update(`${rule} ${pointer} ${text}`).digest("hex").slice(0, 12);
    const { base, revision } = change;
    const { why } = ruleOf(rule);
    const finding: Finding = { id, rule, level, text: "", why, base, revision, reaches: [] };
    const opened = { finding, change };
    this.#findings.set(key, opened);
    return opened;
  }
}

function worseOf(left: Level, right: Level): Level {
  return worst([left, right]) ?? left;
}

/** The component that contains the change, if any: operations share it. */
function sharedPlaceOf({ base, revision }: Change): string | undefined {
  const places = [...("value" in base ? [base] : []), revision, base];
  return places.find(({ pointer }) => pointer.startsWith("/components/"))?.pointer;
}

/** Describes what happened, in the directions in which it happened. */
function wordingOf(wording: Wording, reaches: readonly Reach[]): string {
  if (typeof wording === "string") return wording;
  const present = new Set(reaches.map(({ direction }) => direction));
  const texts = directions
    .filter((direction) => present.has(direction))
    .map((each) => wording[each]);
  return texts.join("; ");
}

/** A changed schema, and a use of it or of one that contains it. */
interface SchemaUse {
  node: SchemaNode;
  use: Use;
  /** The direction in which the changed part of the value is never sent. */
  excludedFrom: Direction | undefined;
  /** Whether the schema itself is used, rather than one that contains it. */
  isSelf: boolean;
}

/** A schema that contains another one. */
interface Parent {
  node: SchemaNode;
  excludedFrom: Direction | undefined;
}

/** Finds which operations use each changed schema, going up from the change. */
function* usesOf(schemas: readonly SchemaNode[]): Generator<SchemaUse> {
  const parents = parentsOf(schemas);
  for (const node of schemas) {
    if (node.changes.length === 0) continue;
    for (const ancestor of ancestorsOf(node, parents)) {
      const { excludedFrom } = ancestor;
      const isSelf = ancestor.node === node;
      for (const use of ancestor.node.uses) yield { node, use, excludedFrom, isSelf };
    }
  }
}

function parentsOf(schemas: readonly SchemaNode[]): Map<SchemaNode, Parent[]> {
  const parents = new Map<SchemaNode, Parent[]>();
  for (const node of schemas) {
    for (const { child, excludedFrom } of node.children) {
      const known = parents.get(child);
      if (known) known.push({ node, excludedFrom });
      else parents.set(child, [{ node, excludedFrom }]);
    }
  }
  return parents;
}

/**
 * The schema itself and every schema that contains it, once for each direction that is excluded on
 * the way.
 */
function* ancestorsOf(node: SchemaNode, parents: Map<SchemaNode, Parent[]>): Generator<Parent> {
  const seen = new Map<SchemaNode, Set<Direction | undefined>>();
  const todo: Parent[] = [{ node, excludedFrom: undefined }];
  for (let step = todo.pop(); step; step = todo.pop()) {
    const exclusions = seen.get(step.node) ?? new Set();
    if (exclusions.has(step.excludedFrom)) continue;
    seen.set(step.node, exclusions.add(step.excludedFrom));
    yield step;
    for (const parent of parents.get(step.node) ?? [])
      todo.push({ node: parent.node, excludedFrom: step.excludedFrom ?? parent.excludedFrom });
  }
}
