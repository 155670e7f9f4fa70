import type { Operation } from "../document/operations.js";

/** An operation, and the values its path template took. */
export interface Route {
  operation: Operation;
  pathParameters: Record<string, string>;
}

/** The operation for a method and a path without query; `undefined` if there is none. */
export function findOperation(
  operations: readonly Operation[],
  method: string,
  path: string,
): Route | undefined {
  const segments = path.split("/");
  const matches = operations
    .filter((operation) => operation.method === method)
    .map((operation) => ({ operation, pathParameters: match(operation.path, segments) }))
    .filter((route): route is Route => route.pathParameters !== undefined);
  // A concrete path is preferred to a template (OpenAPI 3.0.3, Paths Object).
  return matches.toSorted((a, b) => countParameters(a) - countParameters(b))[0];
}

function countParameters(route: Route): number {
  return Object.keys(route.pathParameters).length;
}

function match(template: string, segments: string[]): Record<string, string> | undefined {
  const parts = template.split("/");
  if (parts.length !== segments.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? "";
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name === undefined) {
      if (part !== segment) return undefined;
      continue;
    }
    const value = decode(segment);
    if (!value) return undefined;
    values[name] = value;
  }
  return values;
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
