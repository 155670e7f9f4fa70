/** Every string token of a JSON text; the group matches when the string is a key. */
const STRING_TOKENS = /"(?:[^"\\]|\\.)*"(\s*:)?/g;

/**
 * Tells whether a valid JSON text repeats a key, by counting: a parsed object holds each key once,
 * so more keys in the text than in the value means that JSON.parse dropped one.
 */
export function hasDuplicateKeys(text: string, parsed: unknown): boolean {
  let keysInText = 0;
  for (const token of text.matchAll(STRING_TOKENS)) if (token[1] !== undefined) keysInText += 1;
  return keysInText !== countKeys(parsed);
}

function countKeys(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) count += countKeys(item);
    return count;
  }
  for (const item of Object.values(value)) count += 1 + countKeys(item);
  return count;
}
