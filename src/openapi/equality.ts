import { isObject } from "./json.js";

/** Whether two JSON values are equal, whatever the order of their keys. */
export function jsonEquals(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => jsonEquals(item, right[index]))
    );
  }
  if (!isObject(left) || !isObject(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && jsonEquals(left[key], right[key]))
  );
}

/** The values of `list` that are missing from `other`, in any order. */
export function valuesMissingFrom(other: readonly unknown[], list: readonly unknown[]): unknown[] {
  if (list.length * other.length <= 64) {
    return list.filter((value) => !other.some((known) => jsonEquals(value, known)));
  }
  const known = new Set(other.map(canonicalJson));
  return list.filter((value) => !known.has(canonicalJson(value)));
}

/** Whether two lists hold the same values, in any order and however often each occurs. */
export function holdSameValues(left: readonly unknown[], right: readonly unknown[]): boolean {
  if (jsonEquals(left, right)) return true;
  return valuesMissingFrom(left, right).length === 0 && valuesMissingFrom(right, left).length === 0;
}

/** A string that is the same for two JSON values exactly if they are equal. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    // An integer over 2^53. No other value starts with this character, a Unicode noncharacter.
    if (typeof inner === "bigint") return `\uffff${inner}`;
    return isObject(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner;
  });
}
