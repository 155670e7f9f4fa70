/** An object of a parsed JSON or YAML document, its values not looked at yet. */
export type JsonObject = Record<string, unknown>;

/** Tells a JSON object from an array, `null` and every scalar. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object under a key, or an empty one where something else or nothing stands there. */
export function objectAt(parent: unknown, key: string): JsonObject {
  const value = isObject(parent) && Object.hasOwn(parent, key) ? parent[key] : undefined;
  return isObject(value) ? value : {};
}

/** Tells a list of strings from everything else. */
export function isStringArray(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
