/** Longer than the names of models, which begin like a key: `pkz_4_5`. */
const KEY = /pkz_[\w.+=~-]{8,}/g;

/**
 * A text from elsewhere, made fit for one line of a terminal: control characters are escaped, and what
 * looks like an API key is taken out.
 */
export function printable(text: string): string {
  return withoutKeys(text).replaceAll(
    /[\p{Cc}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

export function withoutKeys(text: string): string {
  return text.replaceAll(KEY, "pkz_…");
}
