import { isObject, type JsonObject } from "../../../src/openapi/json.js";
import { valueAt } from "../../../src/openapi/pointer.js";
import { referenceOf } from "../../../src/openapi/references.js";
import { InputError } from "../../lib/input-error.js";

/**
 * Inlines the references that lead into a path or a webhook (`#/paths/~1a/get/…`), because the
 * fragment of another operation does not contain their targets.
 *
 * @throws {InputError} if such references form a circle, which cannot be inlined.
 */
export function inlinePathReferences(value: JsonObject, document: JsonObject): JsonObject {
  return inline(value, document, []) as JsonObject;
}

function inline(value: unknown, document: JsonObject, open: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => inline(item, document, open));
  if (!isObject(value)) return value;
  const reference = referenceOf(value);
  if (reference !== undefined && /^#\/(?:paths|webhooks)\//.test(reference)) {
    if (open.includes(reference)) {
      throw new InputError(`${reference} refers to itself: put what it names under components`);
    }
    return inline(valueAt(document, reference), document, [...open, reference]);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, inline(inner, document, open)]),
  );
}
