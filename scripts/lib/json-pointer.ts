/** Writes a path of keys as a JSON Pointer (RFC 6901): `["paths", "/a"]` → `/paths/~1a`. */
export function toPointer(path: readonly (string | number)[]): string {
  return path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** Reads a JSON Pointer (RFC 6901) back into its keys; a leading `#` is allowed. */
export function fromPointer(pointer: string): string[] {
  return pointer
    .replace(/^#/, "")
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The value a JSON Pointer names, or `undefined` where nothing stands. */
export function valueAt(document: unknown, pointer: string): unknown {
  let value = document;
  for (const key of fromPointer(pointer)) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
