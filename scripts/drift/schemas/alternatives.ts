import { jsonEquals } from "../../../src/openapi/equality.js";
import { isObject, type JsonObject } from "../../../src/openapi/json.js";
import { referenceOf, type Located } from "../../../src/openapi/references.js";
import type {
  AlternativeGroup,
  SchemaComparison,
  SchemaNode,
  SchemaView,
  SchemaViews,
} from "./schema-node.js";

/** Compares `oneOf` and `anyOf`. A group that only one side has is an additional condition. */
export function compareAlternatives(node: SchemaNode, comparer: SchemaComparison): void {
  const { pairs, gone, added } = pairGroups(comparer, node.base.groups, node.revision.groups);
  for (const [base, revision] of pairs) compareGroups(node, comparer, base, revision);
  for (const { kind, alternatives } of added) {
    const text = `has to match one of ${alternatives.length} alternatives now`;
    node.record("alternatives-narrowed", [kind], text);
  }
  for (const { kind, alternatives } of gone) {
    const text = `no longer has to match one of ${alternatives.length} alternatives`;
    node.record("alternatives-widened", [kind], text);
  }
}

/** There are several groups if `allOf` combines them. Unchanged ones are paired first. */
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
  return gone.length + added.length === 0 && pairs.every((pair) => comparer.isSame(pair));
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
    node.record(rule, [base.kind], text, { base: base.kind, revision: revision.kind });
  }
  const { pairs, gone, added } = matchAlternatives(comparer, base, revision);
  for (const child of pairs) node.children.push({ child, excludedFrom: undefined });
  for (const { value, pointer } of gone) {
    const text = `alternative ${nameOf(pointer, value)} of ${base.kind} is gone`;
    const places = { base: { pointer, value }, revision: { pointer: revision.pointer } };
    const identity = { pointer, text };
    node.changes.push({ rule: "alternative-removed", text, identity, ...places });
  }
  for (const { value, pointer } of added) {
    const text = `alternative ${nameOf(pointer, value)} of ${revision.kind} is new`;
    const places = { base: { pointer: base.pointer }, revision: { pointer, value } };
    const identity = { pointer: base.pointer, text };
    node.changes.push({ rule: "alternative-added", text, identity, ...places });
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

/**
 * Finds the counterpart of each alternative: by the component's name, by equality, by title, by
 * type, by the constants that distinguish it, by the properties that both have. If one alternative
 * is left on each side, the two are paired.
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
  const pairUp = (counterpartOf: FindCounterpart) => {
    for (const from of [...matched.gone]) {
      const to = counterpartOf(from, matched.added);
      if (!to) continue;
      matched.pairs.push(compare(from, to));
      matched.gone.splice(matched.gone.indexOf(from), 1);
      matched.added.splice(matched.added.indexOf(to), 1);
    }
  };
  const views = (from: Located, to: Located) =>
    [comparer.base.read([from], from.pointer), comparer.revision.read([to], to.pointer)] as const;
  pairUp(haveSame(referenceOf));
  pairUp((from, others) => others.find((to) => comparer.isSame(compare(from, to))));
  pairUp(haveSame((value) => stringAt(value, "title")));
  pairUp(haveSame(scalarType));
  pairUp((from, others) => others.find((to) => haveSameConstants(comparer, ...views(from, to))));
  pairUp((from, others) => {
    const likeness = (to: Located) => sharedProperties(...views(from, to));
    const [best] = others.toSorted((left, right) => likeness(right) - likeness(left));
    return best && likeness(best) >= 0.5 ? best : undefined;
  });
  if (matched.gone.length === 1 && matched.added.length === 1) pairUp((_, [only]) => only);
  return matched;
}

type FindCounterpart = (base: Located, revision: readonly Located[]) => Located | undefined;

function haveSame(property: (value: unknown) => string | undefined): FindCounterpart {
  return (from, others) => {
    const name = property(from.value);
    return name === undefined ? undefined : others.find(({ value }) => property(value) === name);
  };
}

function stringAt(value: unknown, key: string): string | undefined {
  const found = isObject(value) ? value[key] : undefined;
  return typeof found === "string" ? found : undefined;
}

/** Objects have too little in common to be distinguished by type. */
function scalarType(value: unknown): string | undefined {
  const type = stringAt(value, "type");
  return type === "object" ? undefined : type;
}

/** Whether both have the same constants, such as the `kind` that distinguishes alternatives. */
function haveSameConstants(
  comparer: SchemaComparison,
  base: SchemaView,
  revision: SchemaView,
): boolean {
  const ours = constantsOf(comparer.base, base);
  const theirs = constantsOf(comparer.revision, revision);
  return Object.keys(ours).length > 0 && jsonEquals(ours, theirs);
}

function constantsOf(views: SchemaViews, schema: SchemaView): JsonObject {
  const constants = [...schema.properties].flatMap(([name, schemas]) => {
    const { values = [] } = views.read(schemas, schema.pointer);
    return values.length === 1 ? [[name, values[0]] as const] : [];
  });
  return Object.fromEntries(constants);
}

/** The share of their properties that two objects have in common, from 0 to 1. */
function sharedProperties(base: SchemaView, revision: SchemaView): number {
  const all = new Set([...base.properties.keys(), ...revision.properties.keys()]);
  const shared = [...base.properties.keys()].filter((name) => revision.properties.has(name));
  return all.size === 0 ? 0 : shared.length / all.size;
}
