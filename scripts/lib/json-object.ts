/** An object of a parsed JSON or YAML document, its values not looked at yet. */
export type JsonObject = Record<string, unknown>;

/** Tells a JSON object from an array, `null` and every scalar. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
