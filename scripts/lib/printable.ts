import { redactKeys } from "../../src/wrappers/redact.js";

/**
 * Takes out what looks like an API key, and escapes control characters, so that a text from elsewhere stays on its line when it is printed
 * and cannot steer the terminal: a line break becomes `\u000a`.
 */
export function printable(text: string): string {
  return redactKeys(text).replaceAll(
    /\p{Cc}/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
