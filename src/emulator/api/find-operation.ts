import type { Operation } from "../document/operations.js";

/** An operation, and the values of its path parameters. */
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
  const routes = operations
    .filter((operation) => operation.method === method)
    .flatMap((operation) =>
      operation.basePaths.flatMap((base): Route[] => {
        const pathParameters = match(base + operation.path, segments);
        return pathParameters ? [{ operation, pathParameters }] : [];
      }),
    );
  // A concrete path takes precedence over a template (OpenAPI 3.0.3, Paths Object).
  return routes.toSorted((a, b) => countParameters(a) - countParameters(b))[0];
}

function countParameters(route: Route): number {
  return Object.keys(route.pathParameters).length;
}

function match(template: string, segments: string[]): Record<string, string> | undefined {
  const parts = template.split("/");
  if (parts.length !== segments.length) return undefined;
  const values: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const found = matchSegment(part, segments[index] ?? "");
    if (!found) return undefined;
    Object.assign(values, found);
  }
  return values;
}

/** A segment may hold several parameters, with text around them: `{name}.{format}`. */
function matchSegment(template: string, segment: string): Record<string, string> | undefined {
  if (!template.includes("{")) return template === segment ? {} : undefined;
  const names = [...template.matchAll(/\{([^}]*)\}/g)].map(([, name = ""]) => name);
  const pattern = template
    .split(/\{[^}]*\}/)
    .map((text) => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`))
    .join("(.+?)");
  const found = new RegExp(`^${pattern}$`, "s").exec(segment);
  const values = names.map((name, index) => [name, decode(found?.[index + 1] ?? "")] as const);
  return values.every(([, value]) => value)
    ? (Object.fromEntries(values) as Record<string, string>)
    : undefined;
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
