const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

/**
 * The offset in a JSON text of the value that these keys lead to, or of its key, if it has one. If
 * the keys lead too far, the offset of the deepest part that exists.
 *
 * Scans tokens only: pointing at one line of a document of several megabytes should not require
 * building a tree of it.
 */
export function offsetInJson(text: string, path: readonly string[]): number {
  const tokens = new RegExp(TOKEN);
  let offset = 0;
  let value = tokens.exec(text);
  for (const key of path) {
    const found = value && member(tokens, text, value[0], key);
    if (!found) break;
    offset = found.offset;
    value = found.value;
  }
  return offset;
}

interface Member {
  offset: number;
  value: RegExpExecArray;
}

/** Reads on from an opening bracket to the value under a key or an index. */
function member(tokens: RegExp, text: string, bracket: string, key: string): Member | undefined {
  if (bracket !== "{" && bracket !== "[") return undefined;
  for (let index = 0; ; index += 1) {
    const first = tokens.exec(text);
    if (!first || first[0] === "}" || first[0] === "]") return undefined;
    if (bracket === "{") tokens.exec(text); // Skips the colon.
    const value = bracket === "{" ? tokens.exec(text) : first;
    if (!value) return undefined;
    const name = bracket === "{" ? (JSON.parse(first[0]) as unknown) : String(index);
    if (name === key) return { offset: first.index, value };
    skipRest(tokens, text, value[0]);
    if (tokens.exec(text)?.[0] !== ",") return undefined;
  }
}

/** Reads to the end of the value that starts with a token. */
function skipRest(tokens: RegExp, text: string, token: string): void {
  let depth = token === "{" || token === "[" ? 1 : 0;
  while (depth > 0) {
    const next = tokens.exec(text)?.[0];
    if (next === undefined) return;
    if (next === "{" || next === "[") depth += 1;
    else if (next === "}" || next === "]") depth -= 1;
  }
}
