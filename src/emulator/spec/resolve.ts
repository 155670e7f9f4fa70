import { isObject, type JsonObject } from "../../openapi/json.js";

/** Follows `$ref: "#/…"` until something else comes; a reference that leads nowhere gives `{}`. */
export function resolve(document: JsonObject, value: unknown): JsonObject {
  let current = value;
  // A document may refer in a circle; no sensible one is this deep.
  for (let hops = 0; hops < 32; hops++) {
    if (!isObject(current)) return {};
    const reference = current["$ref"];
    if (typeof reference !== "string") return current;
    current = follow(document, reference);
  }
  return {};
}

function follow(document: JsonObject, reference: string): unknown {
  if (!reference.startsWith("#/")) return undefined;
  let current: unknown = document;
  for (const token of reference.slice(2).split("/")) {
    const key = decodeURIComponent(token).replaceAll("~1", "/").replaceAll("~0", "~");
    current = isObject(current) ? current[key] : undefined;
  }
  return current;
}
