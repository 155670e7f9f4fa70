import { redactKeys } from "../../wrappers/redact.js";

/**
 * Makes foreign text safe for one line of a terminal: escapes control characters, and redacts what
 * looks like an API key.
 */
export function printable(text: string): string {
  return redactKeys(text).replaceAll(/[\p{Cc}\u2028\u2029]/gu, escaped);
}

/** The same for a text that keeps its lines. */
export function printableLines(text: string): string {
  return redactKeys(text).replaceAll(/(?![\n\t])[\p{Cc}\u2028\u2029]/gu, escaped);
}

/** `1 row`, `2 rows`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
