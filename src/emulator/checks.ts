import type { JsonObject } from "../openapi/json.js";
import { nearestName } from "../wrappers/nearest-name.js";

/** What a value from outside must be, with the words to say so: `a whole number from 0 to 5`. */
export interface Check {
  isValid: (value: unknown) => boolean;
  /** Completes "must be …". */
  expected: string;
}

/** Timers and dates overflow beyond this: about 100 years in milliseconds. */
const MAX_MS = 100 * 365 * 24 * 60 * 60 * 1000;

export const text: Check = {
  isValid: (value) => typeof value === "string" && value !== "",
  expected: "a string that is not empty",
};

export const milliseconds = numberBetween(0, MAX_MS);

export function numberBetween(least: number, most: number): Check {
  return {
    isValid: (value) => typeof value === "number" && value >= least && value <= most,
    expected: `a number from ${least} to ${most}`,
  };
}

export function wholeNumberBetween(least: number, most: number): Check {
  return {
    isValid: (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
    expected: `a whole number from ${least} to ${most}`,
  };
}

export function oneOf(values: readonly unknown[]): Check {
  return {
    isValid: (value) => values.includes(value),
    expected: `one of ${values.join(", ")}`,
  };
}

/**
 * Checks the members of an object that comes from outside.
 *
 * @throws {TypeError} For the first member that is not as it must be, or that there is no check for.
 */
export function checkMembers(value: JsonObject, checks: Readonly<Record<string, Check>>): void {
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (!check) throw new TypeError(`there is no ${name}${hint(name, Object.keys(checks))}`);
    if (!check.isValid(member))
      throw new TypeError(`${name} must be ${check.expected}, not ${shown(member)}`);
  }
}

function hint(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  return near === undefined ? `; there are ${known.join(", ")}` : `: did you mean ${near}?`;
}

/** A value as messages show it. */
export function shown(value: unknown): string {
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value === "boolean" || value === null) return String(value);
  return typeof value === "string" ? JSON.stringify(value.slice(0, 100)) : typeof value;
}
