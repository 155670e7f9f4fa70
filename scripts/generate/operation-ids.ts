import { objectAt, type JsonObject } from "../../src/openapi/json.js";
import { dereference, type ResolveRef } from "./load-spec.js";
import type { Operation } from "./operation-list.js";

/**
 * Copies a document with every operation under its id, so that openapi-typescript lists it in
 * `operations` whether or not the document names it.
 */
export function withOperationIds(
  document: JsonObject,
  operations: readonly Operation[],
  resolve: ResolveRef,
): JsonObject {
  const paths = Object.fromEntries(
    Object.entries(objectAt(document, "paths")).map(([path, pathItem]) => [
      path,
      { ...dereference(pathItem, resolve) },
    ]),
  );
  for (const { path, method, id, definition } of operations) {
    Object.assign(paths[path] ?? {}, {
      [method.toLowerCase()]: { ...definition, operationId: id },
    });
  }
  return { ...document, paths };
}
