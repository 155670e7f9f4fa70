import { isObject, objectAt, type JsonObject } from "../../../src/openapi/json.js";
import { dereference } from "../../../src/openapi/references.js";
import { omit } from "./keys.js";
import type { Operation } from "../operation-list.js";

/**
 * Copies a document, giving every operation its id, so that openapi-typescript lists it in
 * `operations` even if the document does not name it.
 */
export function withOperationIds(
  document: JsonObject,
  operations: readonly Operation[],
): JsonObject {
  const paths = Object.fromEntries(
    Object.entries(objectAt(document, "paths")).map(([path, pathItem]) => [
      path,
      { ...dereference(document, pathItem) },
    ]),
  );
  for (const { path, method, id, definition } of operations) {
    Object.assign(paths[path] ?? {}, { [method]: { ...definition, operationId: id } });
  }
  return { ...withoutIds(document), paths };
}

/** Operations elsewhere have ids too, but would appear twice in `operations`. */
function withoutIds(document: JsonObject): JsonObject {
  const withoutId = (value: unknown) => (isObject(value) ? omit(value, ["operationId"]) : value);
  const strip = (items: JsonObject) =>
    mapValues(items, (item) => (isObject(item) ? mapValues(item, withoutId) : item));
  const components = objectAt(document, "components");
  return {
    ...document,
    ...("webhooks" in document ? { webhooks: strip(objectAt(document, "webhooks")) } : {}),
    ...("pathItems" in components
      ? { components: { ...components, pathItems: strip(objectAt(components, "pathItems")) } }
      : {}),
  };
}

function mapValues(object: JsonObject, map: (value: unknown) => unknown): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}
