/** As deep as the YAML parser goes, so that JSON is no way around its limit. */
const MAX_DEPTH = 100;

/**
 * Tells whether a valid JSON text repeats a key, by counting: a parsed object holds each key once,
 * so more keys in the text than in the value means that JSON.parse dropped one.
 *
 * Part of every parse, so it allocates nothing: a regular expression took longer than JSON.parse.
 *
 * @throws {RangeError} when the value is nested deeper than 100 levels, which would overflow the
 *   stack of whoever walks it next.
 */
export function hasDuplicateKeys(text: string, parsed: unknown): boolean {
  return countKeysInText(text) !== countKeys(parsed, 0);
}

function countKeysInText(text: string): number {
  let keys = 0;
  let opening = text.indexOf('"');
  while (opening >= 0) {
    const next = skipWhiteSpace(text, closingQuote(text, opening) + 1);
    if (text[next] === ":") keys += 1;
    opening = text.indexOf('"', next);
  }
  return keys;
}

function closingQuote(text: string, opening: number): number {
  let closing = text.indexOf('"', opening + 1);
  while (isEscaped(text, closing)) closing = text.indexOf('"', closing + 1);
  return closing;
}

function isEscaped(text: string, index: number): boolean {
  let start = index;
  while (text[start - 1] === "\\") start -= 1;
  return (index - start) % 2 === 1;
}

function skipWhiteSpace(text: string, index: number): number {
  let next = index;
  while (" \n\r\t".includes(text[next] ?? "#")) next += 1;
  return next;
}

function countKeys(value: unknown, depth: number): number {
  if (typeof value !== "object" || value === null) return 0;
  if (depth >= MAX_DEPTH) throw new RangeError(`nested deeper than ${MAX_DEPTH} levels`);
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) count += countKeys(item, depth + 1);
    return count;
  }
  for (const item of Object.values(value)) count += 1 + countKeys(item, depth + 1);
  return count;
}
