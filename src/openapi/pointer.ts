/** Writes a path of keys as a JSON Pointer (RFC 6901): `["paths", "/a"]` → `/paths/~1a`. */
export function toPointer(path: readonly (string | number)[]): string {
  return path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/**
 * Reads a JSON Pointer (RFC 6901) back into its keys. With a leading `#`, as in a `$ref`, it is a
 * URI fragment and percent-encoding is taken off too.
 */
export function fromPointer(pointer: string): string[] {
  const plain = pointer.startsWith("#") ? decodePercent(pointer.slice(1)) : pointer;
  return plain
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function decodePercent(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment; // A stray percent sign, which people write and mean as it stands.
  }
}

/** The value that a JSON Pointer leads to, or `undefined` if nothing is there. */
export function valueAt(document: unknown, pointer: string): unknown {
  let value = document;
  for (const key of fromPointer(pointer)) {
    if (typeof value !== "object" || value === null || !isMember(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** Own and enumerable: an array's `length` is not a member of the document. */
function isMember(value: object, key: string): boolean {
  return Object.prototype.propertyIsEnumerable.call(value, key);
}
