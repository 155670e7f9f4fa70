import { isObject } from "../../../src/openapi/json.js";
import { referenceOf, type Located } from "../../../src/openapi/references.js";
import { place, record } from "../compare/change.js";
import type { AlternativeGroup, SchemaComparison, SchemaNode } from "./schema-node.js";

/** Compares `oneOf` and `anyOf`; a group that only one side has is one more condition. */
export function compareAlternatives(node: SchemaNode, comparer: SchemaComparison): void {
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

/** Several groups stand side by side if `allOf` joined them. Those that stayed are paired first. */
function pairGroups(
  comparer: SchemaComparison,
  base: readonly AlternativeGroup[],
  revision: readonly AlternativeGroup[],
) {
  const pairs: [AlternativeGroup, AlternativeGroup][] = [];
  const added = [...revision];
  const changed = base.filter((group) => {
    const same = added.findIndex((other) => isSameGroup(comparer, group, other));
    const [counterpart] = same < 0 ? [] : added.splice(same, 1);
    if (counterpart) pairs.push([group, counterpart]);
    return !counterpart;
  });
  const gone = changed.filter((group) => {
    const counterpart = added.shift();
    if (counterpart) pairs.push([group, counterpart]);
    return !counterpart;
  });
  return { pairs, gone, added };
}

function isSameGroup(
  comparer: SchemaComparison,
  base: AlternativeGroup,
  revision: AlternativeGroup,
) {
  if (base.kind !== revision.kind) return false;
  const { pairs, gone, added } = matchAlternatives(comparer, base, revision);
  return gone.length + added.length === 0 && pairs.every((pair) => pair.isSame());
}

function compareGroups(
  node: SchemaNode,
  comparer: SchemaComparison,
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
  for (const child of pairs) node.children.push({ child, excludedFrom: undefined });
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

function nameOf(pointer: string, schema: unknown): string {
  const reference = referenceOf(schema);
  if (reference !== undefined) return `\`${reference.split("/").at(-1) ?? reference}\``;
  const title = stringAt(schema, "title");
  return title === undefined ? `#${Number(pointer.split("/").at(-1)) + 1}` : `\`${title}\``;
}

interface Matched {
  pairs: SchemaNode[];
  gone: Located[];
  added: Located[];
}

type IsPair = (base: Located, revision: Located) => boolean;

/**
 * Finds the counterpart of each alternative: by the component's name, by being the same, by its
 * title, by its type; and if one is left on either side, the two are taken for each other.
 */
function matchAlternatives(
  comparer: SchemaComparison,
  base: AlternativeGroup,
  revision: AlternativeGroup,
): Matched {
  const matched: Matched = {
    pairs: [],
    gone: [...base.alternatives],
    added: [...revision.alternatives],
  };
  const compare = (from: Located, to: Located) => comparer.compare([from], [to], from, to);
  const pairUp = (isPair: IsPair) => {
    for (const from of [...matched.gone]) {
      const to = matched.added.find((candidate) => isPair(from, candidate));
      if (!to) continue;
      matched.pairs.push(compare(from, to));
      matched.gone.splice(matched.gone.indexOf(from), 1);
      matched.added.splice(matched.added.indexOf(to), 1);
    }
  };
  pairUp(haveSame(referenceOf));
  pairUp((from, to) => compare(from, to).isSame());
  pairUp(haveSame((value) => stringAt(value, "title")));
  pairUp(haveSame(scalarType));
  if (matched.gone.length === 1 && matched.added.length === 1) pairUp(() => true);
  return matched;
}

function haveSame(property: (value: unknown) => string | undefined): IsPair {
  return (from, to) => {
    const name = property(from.value);
    return name !== undefined && name === property(to.value);
  };
}

function stringAt(value: unknown, key: string): string | undefined {
  const found = isObject(value) ? value[key] : undefined;
  return typeof found === "string" ? found : undefined;
}

/** Objects have too little in common to be told apart by their type. */
function scalarType(value: unknown): string | undefined {
  const type = stringAt(value, "type");
  return type === "object" ? undefined : type;
}
