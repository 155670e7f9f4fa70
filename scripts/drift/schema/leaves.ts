import { locatedItems, referenceOf, type ApiDocument, type Located } from "../api-document.js";
import { isObject, type JsonObject } from "../../../src/openapi/json.js";
import { isDocsKeyword } from "./keywords.js";
import { readGroup } from "./alternatives.js";

/** One schema object out of those that must all hold, with its references followed. */
export type Leaf = Located<JsonObject>;

/**
 * Takes `allOf`, references and alternatives of which there is only one apart into the schema
 * objects that all have to hold. The outermost comes first: its words win over those it wraps.
 */
export function leavesOf(document: ApiDocument, members: readonly Located[]): Leaf[] {
  const seen = new Set<unknown>();
  const leaves: Leaf[] = [];
  const visit = (located: Located): void => {
    if (seen.has(located.value)) return; // A schema that contains itself says nothing twice.
    seen.add(located.value);
    const schema = toObject(located.value);
    if (referenceOf(schema) !== undefined) {
      const target = document.resolve(located);
      const siblings = besideReference(document, schema, target.value === located.value);
      if (Object.keys(siblings).length > 0)
        leaves.push({ value: siblings, pointer: located.pointer });
      if (target.value !== located.value) visit(target);
      return;
    }
    leaves.push({ value: schema, pointer: located.pointer });
    locatedItems(schema["allOf"], `${located.pointer}/allOf`).forEach(visit);
    for (const kind of ["oneOf", "anyOf"] as const) {
      const group = readGroup(document, located.value, kind, located.pointer);
      if (group?.alternatives.length === 1) group.alternatives.forEach(visit);
    }
  };
  members.forEach(visit);
  return leaves;
}

/** From 3.1 on a schema can be `true` (anything) or `false` (nothing). */
function toObject(schema: unknown): JsonObject {
  if (schema === false) return { not: {} };
  return isObject(schema) ? schema : {};
}

function besideReference(document: ApiDocument, schema: JsonObject, broken: boolean): JsonObject {
  const siblings = Object.entries(schema).filter(([keyword]) => {
    if (keyword === "$ref") return broken; // Leads nowhere: kept, to be compared by its text.
    return document.refsHaveSiblings || isDocsKeyword(keyword);
  });
  return Object.fromEntries(siblings);
}
