import { isObject } from "../../src/openapi/json.js";

/** Whether two JSON values are the same, whatever the order of their keys. */
export function sameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => sameJson(item, right[index]))
    );
  }
  if (!isObject(left) || !isObject(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]))
  );
}

/** Whether two lists hold the same JSON values, whatever their order. */
export function sameSet(left: readonly unknown[], right: readonly unknown[]): boolean {
  return missingFrom(left, right).length === 0 && missingFrom(right, left).length === 0;
}

/** The values of the first list that the second does not hold. */
export function missingFrom(values: readonly unknown[], others: readonly unknown[]): unknown[] {
  return values.filter((value) => !others.some((other) => sameJson(value, other)));
}

/** A value as a person reads it in a sentence; long ones are cut. */
export function inWords(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
