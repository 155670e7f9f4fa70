import { isObject, type JsonObject } from "./json.js";
import { valueAt } from "./pointer.js";
import { placeOf, targetOf } from "./schema-identifiers.js";

/** A value of a document and the JSON Pointer to it. */
export interface Located<Value = unknown> {
  value: Value;
  pointer: string;
}

/** The `$ref` of a Reference Object, or of a schema that contains one. */
export function referenceOf(value: unknown): string | undefined {
  if (!isObject(value) || !Object.hasOwn(value, "$ref")) return undefined;
  const reference = value["$ref"];
  return typeof reference === "string" ? reference : undefined;
}

/**
 * Follows a chain of references, of any length, to the first value that is not a reference.
 *
 * @returns `undefined` if a reference leads nowhere, in a circle, or out of the document.
 */
export function followReferences(document: JsonObject, from: Located): Located | undefined {
  let current = from;
  const seen = new Set<unknown>();
  for (;;) {
    const reference = referenceOf(current.value);
    if (reference === undefined) return current;
    if (seen.has(current.value)) return undefined;
    seen.add(current.value);
    const pointer = targetOf(document, reference, current.pointer);
    if (pointer === undefined) return undefined;
    current = { value: valueAt(document, pointer), pointer };
  }
}

/** The object that a value is, or refers to; an empty one if there is none. */
export function dereference(document: JsonObject, value: unknown): JsonObject {
  if (referenceOf(value) === undefined) return isObject(value) ? value : {};
  const target = followReferences(document, locate(document, value))?.value;
  return isObject(target) ? target : {};
}

/** A value of a document that refers to another one, and the pointer by which it has to be read. */
export function locate(document: JsonObject, value: unknown): Located {
  return { value, pointer: placeOf(document, value) };
}
