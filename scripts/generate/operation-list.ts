import { isObject, objectAt, type JsonObject } from "../lib/json-value.js";
import { METHODS } from "./document-shape.js";
import { failOn, type Spec, type SpecProblem } from "./load-spec.js";
import { toPointer } from "../lib/json-pointer.js";
import type { ResolveRef } from "./presence-formula.js";

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
export function listOperations(spec: Spec, resolve: ResolveRef): Operation[] {
  const found = findOperations(spec.document, resolve);
  const taken = new Map<string, string>();
  const problems: SpecProblem[] = [];
  for (const { definition, method, path, pointer } of found) {
    const id = definition["operationId"];
    if (typeof id !== "string") continue;
    const other = taken.get(id);
    if (other) problems.push({ pointer, message: `operationId ${id} is also that of ${other}` });
    taken.set(id, `${method} ${path}`);
  }
  failOn(problems, spec.source);

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
    return METHODS.filter((method) => isObject(pathItem[method])).map((method) => ({
      method: method.toUpperCase(),
      path,
      definition: objectAt(pathItem, method),
      pointer: toPointer(["paths", path, method, "operationId"]),
    }));
  });
}

/** The object itself, or the one its `$ref` names; empty where there is none. */
export function dereference(value: unknown, resolve: ResolveRef): JsonObject {
  let target = value;
  // A bound and not a list of visited places: a ring of references is simply no object.
  for (let hops = 0; hops < 20; hops += 1) {
    if (!isObject(target)) return {};
    if (typeof target["$ref"] !== "string") return target;
    target = resolve(target["$ref"]);
  }
  return {};
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
