import type { AlternativeGroup } from "../schema/alternatives.js";
import type { SchemaView } from "../schema/schema-view.js";
import type { RuleId } from "../rules.js";
import { matchAlternatives } from "./match-alternatives.js";
import { place, record } from "./record.js";
import type { SchemaComparer } from "./schema-comparer.js";
import type { SchemaNode } from "./schema-node.js";

/** Compares `oneOf` and `anyOf`: alternative by alternative, or with the schema they came out of. */
export function compareAlternatives(node: SchemaNode, comparer: SchemaComparer): void {
  const base = node.base.groups;
  const revision = node.revision.groups;
  const shared = Math.min(base.length, revision.length);
  for (let index = 0; index < shared; index += 1) {
    const [from, to] = [base[index], revision[index]];
    if (from && to) compareGroups(node, comparer, from, to);
  }
  for (const group of revision.slice(shared)) recordSplit(node, comparer, group);
  for (const group of base.slice(shared)) recordJoined(node, comparer, group);
}

function compareGroups(
  node: SchemaNode,
  comparer: SchemaComparer,
  base: AlternativeGroup,
  revision: AlternativeGroup,
): void {
  if (base.kind !== revision.kind) {
    const rule =
      revision.kind === "oneOf" ? "alternatives-became-exclusive" : "alternatives-may-overlap";
    const text = `${base.kind} became ${revision.kind}`;
    record(node, rule, [base.kind], text, { base: base.kind, revision: revision.kind });
  }
  const { pairs, gone, added } = matchAlternatives(comparer, base, revision);
  for (const child of pairs) node.children.push({ child, offWire: undefined });
  const at = { base: place(base.pointer, undefined), revision: place(revision.pointer, undefined) };
  for (const { value, pointer } of gone) {
    const text = `alternative ${nameOf(pointer, value)} of ${base.kind} is gone`;
    node.changes.push({ rule: "alternative-removed", text, ...at, base: { pointer, value } });
  }
  for (const { value, pointer } of added) {
    const text = `alternative ${nameOf(pointer, value)} of ${revision.kind} is new`;
    node.changes.push({ rule: "alternative-added", text, ...at, revision: { pointer, value } });
  }
}

function nameOf(pointer: string, value: unknown): string {
  const reference = (value as { $ref?: unknown } | null)?.$ref;
  const title = (value as { title?: unknown } | null)?.title;
  if (typeof reference === "string") return `\`${reference.split("/").at(-1) ?? reference}\``;
  if (typeof title === "string") return `\`${title}\``;
  return `#${Number(pointer.split("/").at(-1)) + 1}`;
}

/** One schema on our side, several alternatives on theirs. */
function recordSplit(node: SchemaNode, comparer: SchemaComparer, group: AlternativeGroup): void {
  const { base, revision } = node;
  const text = `has to match one of ${group.alternatives.length} alternatives now`;
  if (keepsItsShape(base, revision)) {
    record(node, "alternatives-narrowed", [group.kind], text);
    return;
  }
  const trials = group.alternatives.map((alternative) =>
    comparer.compare(
      base.withoutGroups,
      [...revision.withoutGroups, alternative],
      { base: base.pointer, revision: alternative.pointer },
    ),
  );
  const isStillAccepted = trials.some((trial) => trial.worst("request") !== "breaking");
  const isStillKept = trials.every((trial) => trial.worst("response") !== "breaking");
  record(node, ruleFor(isStillAccepted, isStillKept), [group.kind], text);
}

/** Several alternatives on our side, one schema on theirs. */
function recordJoined(node: SchemaNode, comparer: SchemaComparer, group: AlternativeGroup): void {
  const { base, revision } = node;
  const text = `no longer has to match one of ${group.alternatives.length} alternatives`;
  if (keepsItsShape(base, revision)) {
    record(node, "alternatives-widened", [group.kind], text);
    return;
  }
  const trials = group.alternatives.map((alternative) =>
    comparer.compare([...base.withoutGroups, alternative], revision.withoutGroups, {
      base: alternative.pointer,
      revision: revision.pointer,
    }),
  );
  const isStillAccepted = trials.every((trial) => trial.worst("request") !== "breaking");
  const isStillKept = trials.some((trial) => trial.worst("response") !== "breaking");
  record(node, ruleFor(isStillAccepted, isStillKept), [group.kind], text);
}

/** Whether the alternatives are a further condition beside a schema that stayed what it was. */
function keepsItsShape(base: SchemaView, revision: SchemaView): boolean {
  if (base.properties.size > 0 || revision.properties.size > 0)
    return [...base.properties.keys()].some((name) => revision.properties.has(name));
  return Boolean(base.types ?? base.values) === Boolean(revision.types ?? revision.values);
}

function ruleFor(isStillAccepted: boolean, isStillKept: boolean): RuleId {
  if (isStillAccepted && isStillKept) return "alternatives-rearranged";
  if (isStillAccepted) return "alternatives-widened";
  return isStillKept ? "alternatives-narrowed" : "alternatives-changed";
}
