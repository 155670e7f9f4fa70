/** An object of a parsed JSON or YAML document whose values have not been checked yet. */
export type JsonObject = Record<string, unknown>;

/** Whether a value is a JSON object: not an array, `null` or a scalar. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is a list of strings. */
export function isStringArray(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

/** The object under these keys; an empty one if anything else, or nothing, is there. */
export function objectAt(value: unknown, ...keys: string[]): JsonObject {
  const found = keys.reduce(memberOf, value);
  return isObject(found) ? found : {};
}

/** The list under a key, or an empty one. */
export function listAt(value: unknown, key: string): unknown[] {
  const member = memberOf(value, key);
  return Array.isArray(member) ? member : [];
}

/** The strings of the list under a key. */
export function stringsAt(value: unknown, key: string): string[] {
  return listAt(value, key).filter((item) => typeof item === "string");
}

/** Whether an object has its own member of that name: a property may be called `constructor`. */
function memberOf(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
