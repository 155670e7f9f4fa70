import { jsonEquals } from "../../../src/openapi/equality.js";
import { isObject, objectAt } from "../../../src/openapi/json.js";
import { toPointer } from "../../../src/openapi/pointer.js";
import { referenceOf, type Located } from "../../../src/openapi/references.js";
import { memberAt, type ApiDocument } from "../api-document.js";
import type {
  AllOfMember,
  AlternativeGroup,
  Discriminator,
  SchemaComparison,
  SchemaNode,
} from "./schema-node.js";

/**
 * Reads the discriminator, with the schema for each value. A value without a mapping is the name of
 * a component: of an alternative, or else of a schema whose `allOf` refers to this one (OpenAPI
 * 3.1.1, Discriminator Object).
 */
export function readDiscriminator(
  document: ApiDocument,
  members: readonly AllOfMember[],
  groups: readonly AlternativeGroup[],
): Discriminator | undefined {
  const owner = members.find(({ value }) => isObject(value["discriminator"]));
  if (!owner) return undefined;
  const { value, pointer } = memberAt(owner, "discriminator");
  document.markWhole(value);
  const alternatives = groups.flatMap((group) => group.alternatives);
  const named = alternatives.length > 0 ? alternatives : document.subtypesOf(owner.value);
  const mapping = new Map(
    named.flatMap((schema): [string, Located][] => {
      const name = (referenceOf(schema.value) ?? schema.pointer).split("/").at(-1);
      return referenceOf(schema.value) || alternatives.length === 0 ? [[name ?? "", schema]] : [];
    }),
  );
  const spelt = { value: objectAt(value, "mapping"), pointer: `${pointer}/mapping` };
  for (const key of Object.keys(spelt.value))
    mapping.set(key, mapped(document, memberAt(spelt, key)));
  const rest = Object.entries(isObject(value) ? value : {}).filter(([key]) => key !== "mapping");
  return {
    value: Object.fromEntries(rest),
    pointer,
    mapping,
    isOnlyWay: alternatives.length === 0,
  };
}

/** The schema that a mapping names: `Cat` is short for `#/components/schemas/Cat`. */
function mapped(document: ApiDocument, target: Located): Located {
  const { value: name, pointer } = target;
  if (typeof name !== "string") return target;
  const isComponent = objectAt(document.root, "components", "schemas")[name] !== undefined;
  const isUri = !isComponent && /[#/:]/.test(name);
  const $ref = isUri ? name : `#${toPointer(["components", "schemas", name])}`;
  return document.resolve({ value: { $ref }, pointer });
}

/** Compares the discriminators, and the schemas that only they lead to. */
export function compareDiscriminators(node: SchemaNode, comparer: SchemaComparison): void {
  const { discriminator: base } = node.base;
  const { discriminator: revision } = node.revision;
  if (!base && !revision) return;
  const gone = mappedOnlyIn(base, revision);
  const added = mappedOnlyIn(revision, base);
  const isOnlyWay = base?.isOnlyWay === true && revision?.isOnlyWay === true;
  if (isOnlyWay) {
    for (const [key, { value }] of gone)
      node.record("alternative-removed", PATH, `subtype \`${key}\` is gone`, { base: value });
    for (const [key, { value }] of added)
      node.record("alternative-added", PATH, `subtype \`${key}\` is new`, { revision: value });
  }
  const isChanged = !jsonEquals(base?.value, revision?.value);
  if (isChanged || (!isOnlyWay && gone.length + added.length > 0)) {
    const values = { base: base?.value, revision: revision?.value };
    node.record("discriminator-changed", PATH, "what tells the alternatives apart changed", values);
  }
  for (const [key, from] of base?.mapping ?? []) {
    const to = revision?.mapping.get(key);
    if (!to) continue;
    const child = comparer.compare([from], [to], from, to);
    node.children.push({ child, excludedFrom: undefined });
  }
}

const PATH = ["discriminator"];

function mappedOnlyIn(side: Discriminator | undefined, other: Discriminator | undefined) {
  return [...(side?.mapping ?? [])].filter(([key]) => !other?.mapping.has(key));
}
