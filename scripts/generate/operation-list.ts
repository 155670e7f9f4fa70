import { HTTP_METHODS } from "../../src/openapi/methods.js";
import { isObject, objectAt, type JsonObject } from "../../src/openapi/json.js";
import { problemsError, type Problem } from "../lib/problem.js";
import { dereference, type ResolveRef, type Spec } from "./load-spec.js";

/** One operation of a document. */
export interface Operation {
  id: string;
  /** In upper case. */
  method: string;
  path: string;
  /** The operation object itself. */
  definition: JsonObject;
}

/**
 * Lists a document's operations in its order. One without an `operationId` is named after its method
 * and path: `GET /v2/styles/{id}` → `get_v2_styles_id`.
 *
 * @throws {InputError} when two operations have the same `operationId`.
 */
export function listOperations({ source, document, resolve }: Spec): Operation[] {
  const found = findOperations(document, resolve);
  const taken = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { definition, method, path, place } of found) {
    const id = definition["operationId"];
    if (typeof id !== "string") continue;
    const other = taken.get(id);
    if (other) {
      problems.push({ path: place, message: `operationId ${id} is also that of ${other}` });
    }
    taken.set(id, `${method} ${path}`);
  }
  if (problems.length > 0) throw problemsError(source, problems);

  return found.map(({ definition, method, path }) => {
    const given = definition["operationId"];
    const id = typeof given === "string" ? given : freeName(derivedId(method, path), taken);
    taken.set(id, `${method} ${path}`);
    return { id, method, path, definition };
  });
}

function findOperations(document: JsonObject, resolve: ResolveRef) {
  return Object.entries(objectAt(document, "paths")).flatMap(([path, value]) => {
    const pathItem = dereference(value, resolve);
    return HTTP_METHODS.filter((method) => isObject(pathItem[method])).map((method) => ({
      method: method.toUpperCase(),
      path,
      definition: objectAt(pathItem, method),
      place: ["paths", path, method, "operationId"],
    }));
  });
}

function derivedId(method: string, path: string): string {
  const words = path.replaceAll(/[^\p{L}\p{N}]+/gu, "_").replaceAll(/^_|_$/g, "");
  return [method.toLowerCase(), words].filter(Boolean).join("_");
}

/** The name, with a number behind it where it is taken. */
export function freeName(name: string, taken: { has: (name: string) => boolean }): string {
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name}_${number}`)) number += 1;
  return `${name}_${number}`;
}
