export { isObject, objectAt, type JsonObject } from "../../src/json-object.js";

/** Tells a list of strings from everything else. */
export function isStringArray(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
