import { createContext, Script } from "node:vm";

/** How long a pattern may take on a short text; an ordinary one takes microseconds. */
const MAX_MS = 1_000;

/** A match cannot be stopped, but a script that runs in a context of its own can. */
const match = new Script("expression.test(text)");
const given: { expression?: RegExp; text?: string } = {};
// Made when a pattern is first tried, and kept: making one takes longer than most matches.
let context: ReturnType<typeof createContext> | undefined;

/**
 * Whether a text matches a pattern of a JSON Schema; `false` for what is no regular expression, or one
 * whose nested quantifiers take longer than a second.
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
