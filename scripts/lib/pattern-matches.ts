import { createContext, Script } from "node:vm";

/** How long a pattern may take on a short text. Ordinary patterns take microseconds. */
const MAX_MS = 1_000;

/** A match cannot be interrupted, but a script in its own context can. */
const match = new Script("expression.test(text)");
const given: { expression?: RegExp; text?: string } = {};
// Created for the first pattern and kept: creating one takes longer than most matches.
let context: ReturnType<typeof createContext> | undefined;

/**
 * Whether a text matches a pattern of a JSON Schema. `false` if it is not a regular expression, or
 * if its nested quantifiers take longer than a second.
 */
export function patternMatches(pattern: string, text: string): boolean {
  try {
    given.expression = new RegExp(pattern, "u");
    given.text = text;
    context ??= createContext(given);
    return match.runInContext(context, { timeout: MAX_MS }) === true;
  } catch {
    return false;
  }
}
