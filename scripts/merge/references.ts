import { isObject, type JsonObject } from "../../src/openapi/json.js";
import { valueAt } from "../../src/openapi/pointer.js";
import type { Problem } from "../lib/problem.js";
import { roleOf, type Role } from "./roles.js";

/** The references of a fragment that lead out of it or nowhere: after a merge they would dangle. */
export function referenceProblems(document: JsonObject): Problem[] {
  const problems: Problem[] = [];
  const resolved = new Set<string>();
  visitReferences(document, "spec", [], (reference, path) => {
    if (typeof reference === "string" && resolved.has(reference)) return;
    const message = problemWith(reference, document);
    if (message !== undefined) problems.push({ path: [...path, "$ref"], message });
    else if (typeof reference === "string") resolved.add(reference);
  });
  return problems;
}

function problemWith(reference: unknown, document: JsonObject): string | undefined {
  if (typeof reference !== "string") return "$ref is not a string";
  if (!reference.startsWith("#")) {
    return `$ref leads out of the document: ${reference}. Put what it names under components`;
  }
  return valueAt(document, reference) === undefined
    ? `$ref leads nowhere: ${reference}`
    : undefined;
}

type Visit = (reference: unknown, path: readonly string[]) => void;

function visitReferences(value: unknown, role: Role, path: string[], visit: Visit): void {
  if (Array.isArray(value)) {
    const itemRole = role === "names" ? "spec" : role;
    value.forEach((item: unknown, index) => {
      path.push(String(index));
      visitReferences(item, itemRole, path, visit);
      path.pop();
    });
  } else if (isObject(value)) {
    if (role === "spec" && Object.hasOwn(value, "$ref")) visit(value["$ref"], path);
    for (const key of Object.keys(value)) {
      const inner = referenceRole(key, role);
      if (inner !== "spec" && inner !== "names") continue;
      path.push(key);
      visitReferences(value[key], inner, path, visit);
      path.pop();
    }
  }
}

/** Examples by name are words for people, yet each may be a reference to a component. */
function referenceRole(key: string, parent: Role): Role {
  return key === "examples" && parent === "spec" ? "names" : roleOf(key, parent);
}
