import { isObject } from "../../openapi/json.js";
import type { colorsFor } from "../terminal/colors.js";
import { printable } from "../terminal/text.js";

type NamedValue = readonly [name: string, value: string];

/**
 * An answer as human-readable lines: one name and value each, with an object's members below it.
 *
 * @param added Lines that follow it.
 */
export function answerLines(
  answer: unknown,
  colors: ReturnType<typeof colorsFor>,
  added: readonly NamedValue[] = [],
): string[] {
  const rows = [...rowsOf(answer, ""), ...added];
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, value]) =>
    width === 0 ? value : `${colors.bold(name.padEnd(width))}  ${value}`.trimEnd(),
  );
}

function rowsOf(value: unknown, name: string): NamedValue[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      rowsOf(
        item,
        isObject(item) || Array.isArray(item) ? `${name}.${index + 1}` : index === 0 ? name : "",
      ),
    );
  }
  if (isObject(value)) {
    return Object.entries(value).flatMap(([key, member]) =>
      rowsOf(member, name === "" ? printable(key) : `${name}.${printable(key)}`),
    );
  }
  return [[name, value === null ? "none" : printable(textOf(value))]];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
