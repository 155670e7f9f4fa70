import { isObject, type JsonObject } from "../../src/openapi/json.js";

/** The object under a path of keys; fails the test if there is none. */
export function objectUnder(root: unknown, ...keys: (string | number)[]): JsonObject {
  let value = root;
  for (const key of keys) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key))
      throw new Error(`nothing under ${keys.join(" > ")}`);
    value = (value as Record<string, unknown>)[key];
  }
  if (!isObject(value)) throw new Error(`no object under ${keys.join(" > ")}`);
  return value;
}
