/** An object of a parsed JSON or YAML document, its values not looked at yet. */
export type JsonObject = Record<string, unknown>;

/** Tells a JSON object from an array, `null` and every scalar. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Tells a list of strings from everything else. */
export function isStringArray(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

/** The object under these keys, or an empty one if something else or nothing stands there. */
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

/** An own member: a document may well name a property `constructor`. */
function memberOf(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
