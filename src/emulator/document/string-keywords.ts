/** The length of a text in characters, as `minLength` and `maxLength` count it. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}

/**
 * A pattern of a schema as a regular expression: in Unicode mode, as JSON Schema recommends, or without
 * it if it is valid only so.
 *
 * @returns `undefined` if it is not valid at all: such a pattern is not enforced.
 */
export function compilePattern(pattern: string): RegExp | undefined {
  for (const flags of ["u", ""]) {
    try {
      return new RegExp(pattern, flags);
    } catch {
      continue;
    }
  }
  return undefined;
}

/** Whether a pattern matches somewhere in a text. One that is not valid matches everywhere. */
export function matches(pattern: string, text: string): boolean {
  return compilePattern(pattern)?.test(text) ?? true;
}
