import { runInNewContext } from "node:vm";

/** How long a pattern may take on a short text; an ordinary one takes microseconds. */
const MAX_MS = 1_000;

/**
 * Whether a text matches a pattern of a JSON Schema; `false` for what is no regular expression, or one
 * whose nested quantifiers take longer than a second.
 */
export function patternMatches(pattern: string, text: string): boolean {
  try {
    const expression = new RegExp(pattern, "u");
    // A match cannot be stopped, but a script that runs in a context of its own can.
    const result: unknown = runInNewContext(
      "expression.test(text)",
      { expression, text },
      { timeout: MAX_MS },
    );
    return result === true;
  } catch {
    return false;
  }
}
