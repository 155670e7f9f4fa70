import type { Operation } from "../spec/operation.js";

/** An operation, and the values its path template took. */
export interface Route {
  operation: Operation;
  pathParameters: Record<string, string>;
}

/** Which operation a method and a path (without query) mean; undefined where none does. */
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
  // A path that is written out wins over a template that also fits.
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
