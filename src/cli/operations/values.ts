import type { Field, Range } from "./field.js";

/**
 * Reads a value from text, as a flag or a cell of a CSV file has it.
 *
 * @returns The value, or in `problem` what is wrong with it.
 */
export function parseText(field: Field, text: string): { value: unknown; problem?: string } {
  if (field.kind === "json" || (field.list && text.trimStart().startsWith("["))) {
    return parseJson(text);
  }
  const value = parseSingle(field, text);
  return value === undefined
    ? { value, problem: `${JSON.stringify(text)} is not ${KIND_NAMES[field.kind]}` }
    : { value: field.list ? [value] : value };
}

const KIND_NAMES = {
  text: "a text",
  file: "a file",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  json: "JSON",
};

function parseSingle({ kind }: Field, text: string): unknown {
  if (kind === "boolean") return { true: true, false: false }[text];
  if (kind !== "number" && kind !== "integer") return text;
  const number = Number(text);
  return text.trim() !== "" && Number.isFinite(number) ? number : undefined;
}

function parseJson(text: string): { value: unknown; problem?: string } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { value: undefined, problem: `${JSON.stringify(text)} is not JSON` };
  }
}

/**
 * What the spec forbids about a value, in words that follow the field's name; `undefined` if
 * nothing.
 */
export function problemWith(field: Field, value: unknown): string | undefined {
  if (value === null) return field.nullable ? undefined : "must not be null";
  if (!field.list) return problemWithSingle(field, value);
  if (!Array.isArray(value)) return "must be a list";
  return (
    outside(field.list, value.length, "value") ??
    value.map((item) => problemWithSingle(field, item)).find((problem) => problem !== undefined)
  );
}

function problemWithSingle(field: Field, value: unknown): string | undefined {
  const { kind, choices, range, length } = field;
  if (choices && !choices.includes(value)) {
    return `must be ${listOf(choices.map(String), "or")}, not ${shown(value)}`;
  }
  if (kind === "json") return undefined;
  if (!isOfKind(kind, value)) return `must be ${KIND_NAMES[kind]}, not ${shown(value)}`;
  if (typeof value === "number") return outside(range, value);
  // JSON Schema counts characters, not UTF-16 code units.
  return typeof value === "string"
    ? outside(length, Array.from(value).length, "character")
    : undefined;
}

function isOfKind(kind: Field["kind"], value: unknown): boolean {
  if (kind === "integer") return Number.isInteger(value);
  return typeof value === (kind === "text" || kind === "file" ? "string" : kind);
}

function outside({ min, max }: Range, count: number, unit = ""): string | undefined {
  const isInside = (min === undefined || count >= min) && (max === undefined || count <= max);
  if (isInside) return undefined;
  return `must be ${rangeText({ min, max }, unit)}, not ${count}`;
}

/** A range in words: `1 to 25 characters`, `at most 300 characters`; empty if there is no bound. */
export function rangeText({ min, max }: Range, unit = ""): string {
  const units = (count: number) => unit && ` ${unit}${count === 1 ? "" : "s"}`;
  if (min !== undefined && min === max) return `${min}${units(min)}`;
  if (min === undefined) return max === undefined ? "" : `at most ${max}${units(max)}`;
  return max === undefined ? `at least ${min}${units(min)}` : `${min} to ${max}${units(max)}`;
}

/** `a, b or c`. */
export function listOf(words: readonly string[], conjunction: "and" | "or"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${conjunction} ${words.at(-1) ?? ""}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
