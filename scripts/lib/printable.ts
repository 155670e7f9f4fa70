import { redactKeys } from "../../src/wrappers/redact.js";

/**
 * Removes anything that looks like an API key and escapes control characters, so that foreign text
 * stays on its line when printed and cannot control the terminal: a line break becomes `\u000a`.
 */
export function printable(text: string): string {
  return redactKeys(text).replaceAll(
    /\p{Cc}/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
