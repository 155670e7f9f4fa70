import { objectAt, type JsonObject } from "../../../src/openapi/json.js";
import { dereference } from "../../../src/openapi/references.js";
import type { Operation } from "../operation-list.js";

/**
 * Copies a document with every operation under its id, so that openapi-typescript lists it in
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
  return { ...document, paths };
}
