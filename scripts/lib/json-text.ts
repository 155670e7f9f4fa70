import { randomUUID } from "node:crypto";

/** Prints a value as JSON; integers over 2^53 (`bigint`) keep their digits. */
export function toJsonText(value: unknown, indent = 2): string {
  try {
    return JSON.stringify(value, null, indent);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // JSON.stringify does not accept a bigint.
    return withBigIntegers(value, indent);
  }
}

function withBigIntegers(value: unknown, indent: number): string {
  const mark = randomUUID();
  const text = JSON.stringify(
    value,
    (_key, inner: unknown) => (typeof inner === "bigint" ? `${mark}${inner}` : inner),
    indent,
  );
  return text.replaceAll(new RegExp(`"${mark}(-?\\d+)"`, "g"), "$1");
}
