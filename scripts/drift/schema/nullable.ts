import { locatedItems, referenceOf, type ApiDocument, type Located } from "../api-document.js";
import { isObject } from "../../../src/openapi/json.js";
import { readGroup, typeNames } from "./alternatives.js";

/**
 * Whether null is allowed, in all the ways there are to say so: `nullable`, `null` among the types
 * or the values, an alternative that is null, or a wrapped schema that allows it.
 *
 * `nullable: true` around an `allOf` counts. By the letter of 3.0.3 it does nothing there, but
 * everybody who writes it means it.
 */
export function readNullable(document: ApiDocument, members: readonly Located[]): boolean {
  return opinion(document, members, new Set()) ?? false;
}

/** `undefined`: says nothing about null. One member that refuses it outweighs those that allow it. */
function opinion(
  document: ApiDocument,
  members: readonly Located[],
  seen: Set<unknown>,
): boolean | undefined {
  const opinions = members.map((member) => opinionOfOne(document, member, seen));
  if (opinions.includes(false)) return false;
  return opinions.includes(true) ? true : undefined;
}

function opinionOfOne(
  document: ApiDocument,
  member: Located,
  seen: Set<unknown>,
): boolean | undefined {
  const { value: schema, pointer } = member;
  if (!isObject(schema) || seen.has(schema)) return undefined;
  seen.add(schema);
  const isReference = referenceOf(schema) !== undefined;
  if ((!isReference || document.refsHaveSiblings) && declaresNull(document, schema, pointer))
    return true;
  if (isReference) {
    const target = document.resolve(member);
    return target.value === schema ? undefined : opinion(document, [target], seen);
  }
  if (schema["type"] !== undefined) return false;
  const wrapped = (["oneOf", "anyOf"] as const).flatMap((kind) => {
    const group = readGroup(document, schema, kind, pointer);
    return group?.alternatives.length === 1 ? group.alternatives : [];
  });
  return opinion(
    document,
    [...locatedItems(schema["allOf"], `${pointer}/allOf`), ...wrapped],
    seen,
  );
}

function declaresNull(
  document: ApiDocument,
  schema: Record<string, unknown>,
  pointer: string,
): boolean {
  if (schema["nullable"] === true || typeNames(schema)?.includes("null")) return true;
  if (Array.isArray(schema["enum"]) && schema["enum"].includes(null)) return true;
  return (["oneOf", "anyOf"] as const).some(
    (kind) => readGroup(document, schema, kind, pointer)?.allowsNull,
  );
}
