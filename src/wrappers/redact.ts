/**
 * What an API key looks like in text. It is longer than the names of models, which start the same
 * way (`pkz_4_5`). Markdown escapes its underscores.
 */
const KEY_IN_TEXT = /pkz\\?_(?:[\w.+=~-]|\\_){8,}/g;

/**
 * A shorter key is not redacted from data: it is an example (`pkz_test`), or a word that the data
 * may contain (`pkz_4`, a model), and removing it would change the service's answer.
 */
const SHORTEST_SECRET = 10;

const SUBSTITUTE = "[the API key]";

/** Removes everything that looks like an API key from a text. */
export function redactKeys(text: string): string {
  return text.replaceAll(KEY_IN_TEXT, SUBSTITUTE);
}

/** The same in a path, where a key ends with its segment, whatever characters it has. */
export function redactKeysInPath(path: string): string {
  return path.replaceAll(/pkz_[^/]{6,}/g, SUBSTITUTE);
}

/** Removes one key from a text, even if JSON spells it with escapes. */
export function redactKey(text: string, key: string): string {
  if (key.length < SHORTEST_SECRET) return text;
  // Nearly every text ends here: it neither quotes the key nor escapes one of its letters.
  const plain = text.replaceAll(key, SUBSTITUTE);
  return plain.includes("\\") ? plain.replaceAll(spellings(key), SUBSTITUTE) : plain;
}

/** Each character as itself, after a backslash, or as an escaped code. */
function spellings(secret: string): RegExp {
  const characters = Array.from(secret, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, "0");
    const digits = code.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
    return `(?:\\\\?${character.replace(/\W/, "\\$&")}|\\\\u${digits})`;
  });
  return new RegExp(characters.join(""), "g");
}

/** White space, control characters, and characters that change the direction of writing. */
const NOT_IN_A_LINE = /[\s\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/** Turns a foreign text into one line of at most this many characters, without keys. */
export function toLine(text: string, maxLength: number): string {
  // Text far beyond the cut need not be searched; a key that the cut would halve is still whole
  // here.
  const line = redactKeys(
    text.slice(0, 2 * maxLength + 1000).replaceAll(NOT_IN_A_LINE, " "),
  ).trim();
  return line.length <= maxLength ? line : `${line.slice(0, maxLength - 1)}…`;
}
