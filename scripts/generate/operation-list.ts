import { fromPointer } from "../../src/openapi/pointer.js";
import { operationsOf, type DocumentOperation } from "../../src/openapi/operations.js";
import { problemsError, type Problem } from "../lib/problem.js";
import type { Spec } from "../lib/load-spec.js";

/** An operation of a document under a unique name. */
export interface Operation extends DocumentOperation {
  /** Its `operationId` or, without one, its method and path: `get_v2_styles_id`. */
  id: string;
}

/**
 * Lists a document's operations in order, each under its id.
 *
 * @throws {InputError} if two operations have the same `operationId`.
 */
export function listOperations({ source, document }: Spec): Operation[] {
  const found = operationsOf(document);
  const taken = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { operationId, method, path, pointer } of found) {
    if (operationId === undefined) continue;
    const id = readableId(operationId) ?? "";
    const other = taken.get(id);
    if (other) {
      const message = `operationId ${operationId} is also that of ${other}`;
      problems.push({ path: [...fromPointer(pointer), "operationId"], message });
    }
    taken.set(id, `${method.toUpperCase()} ${path}`);
  }
  if (problems.length > 0) throw problemsError(source, problems);

  return found.map((operation) => {
    const { operationId, method, path } = operation;
    const id = readableId(operationId) ?? freeName(derivedId(method, path), taken);
    taken.set(id, `${method.toUpperCase()} ${path}`);
    return { ...operation, id };
  });
}

/** openapi-typescript writes a slash for a `#` in an id. */
function readableId(operationId: string | undefined): string | undefined {
  return operationId?.replaceAll("#", "/");
}

function derivedId(method: string, path: string): string {
  const words = path.replaceAll(/[^\p{L}\p{N}]+/gu, "_").replaceAll(/^_|_$/g, "");
  return [method, words].filter(Boolean).join("_");
}

/** The name, with a number appended if it is taken. */
export function freeName(name: string, taken: { has: (name: string) => boolean }): string {
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name}_${number}`)) number += 1;
  return `${name}_${number}`;
}
