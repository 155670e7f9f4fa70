import type { AlternativeGroup } from "../schema/alternatives.js";
import { matchAlternatives } from "./match-alternatives.js";
import { place, record } from "./record.js";
import type { SchemaComparer } from "./schema-comparer.js";
import type { SchemaNode } from "./schema-node.js";

/** Compares `oneOf` and `anyOf`, alternative by alternative. One side's alone is a condition more. */
export function compareAlternatives(node: SchemaNode, comparer: SchemaComparer): void {
  const { pairs, gone, added } = pairGroups(comparer, node.base.groups, node.revision.groups);
  for (const [base, revision] of pairs) compareGroups(node, comparer, base, revision);
  for (const { kind, alternatives } of added) {
    const text = `has to match one of ${alternatives.length} alternatives now`;
    record(node, "alternatives-narrowed", [kind], text);
  }
  for (const { kind, alternatives } of gone) {
    const text = `no longer has to match one of ${alternatives.length} alternatives`;
    record(node, "alternatives-widened", [kind], text);
  }
}

/** Several `oneOf` stand side by side where `allOf` joined them: those that stayed first. */
function pairGroups(
  comparer: SchemaComparer,
  base: readonly AlternativeGroup[],
  revision: readonly AlternativeGroup[],
) {
  const pairs: [AlternativeGroup, AlternativeGroup][] = [];
  const added = [...revision];
  const changed = base.filter((group) => {
    const same = added.findIndex((other) => isSameGroup(comparer, group, other));
    if (same < 0) return true;
    pairs.push(
      ...added.splice(same, 1).map((other): [typeof group, typeof group] => [group, other]),
    );
    return false;
  });
  const gone = changed.filter((group) => {
    const other = added.shift();
    if (other) pairs.push([group, other]);
    return !other;
  });
  return { pairs, gone, added };
}

function isSameGroup(comparer: SchemaComparer, base: AlternativeGroup, revision: AlternativeGroup) {
  if (base.kind !== revision.kind) return false;
  const { pairs, gone, added } = matchAlternatives(comparer, base, revision);
  return gone.length + added.length === 0 && pairs.every((pair) => pair.isSame());
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
