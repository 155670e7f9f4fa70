/**
 * Counts the values of a parsed document as if every YAML alias were written out, and without
 * doing so: a shared object is counted once and added each time. `Infinity` when the document
 * contains itself.
 */
export function expandedSize(document: unknown): number {
  const sizes = new Map<object, number>();
  const sizeOf = (value: unknown): number => {
    if (typeof value !== "object" || value === null) return 1;
    const known = sizes.get(value);
    if (known !== undefined) return known;
    sizes.set(value, Infinity); // Met again before its size is known, it stands inside itself.
    let size = 1;
    for (const inner of Object.values(value)) size += sizeOf(inner);
    sizes.set(value, size);
    return size;
  };
  return sizeOf(document);
}
