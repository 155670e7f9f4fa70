/**
 * How a text shows an API key: longer than the names of models, which begin alike (`pkz_4_5`). Markdown
 * escapes its underscores.
 */
const KEY_IN_TEXT = /pkz\\?_(?:[\w.+=~-]|\\_){8,}/g;

/**
 * A key that is shorter than this is left alone in data: it is an example (`pkz_test`) or a word that
 * data may hold (`pkz_4`, a model), and to take it out would change what the service answered.
 */
const SHORTEST_SECRET = 10;

const SUBSTITUTE = "[the API key]";

/** Takes out of a text whatever looks like an API key. */
export function redactKeys(text: string): string {
  return text.replaceAll(KEY_IN_TEXT, SUBSTITUTE);
}

/** Takes one key out of a text, also if JSON spells it with escapes. */
export function redactKey(text: string, key: string): string {
  if (key.length < SHORTEST_SECRET) return text;
  // Nearly every text is done here: it neither quotes the key nor escapes a letter of it.
  const plain = text.replaceAll(key, SUBSTITUTE);
  return plain.includes("\\") ? plain.replaceAll(spellings(key), SUBSTITUTE) : plain;
}

/** Each character as itself, after a backslash, or as its code. */
function spellings(secret: string): RegExp {
  const characters = Array.from(secret, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, "0");
    const digits = code.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
    return `(?:\\\\?${character.replace(/\W/, "\\$&")}|\\\\u${digits})`;
  });
  return new RegExp(characters.join(""), "g");
}

/** White space, control characters, and what turns the direction of writing around. */
const NOT_IN_A_LINE = /[\s\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/** Brings a text that came from outside into one line of at most so many characters, without keys. */
export function toLine(text: string, maxLength: number): string {
  // What is cut off anyway is not worth a search; a key that the cut would halve is still whole.
  const line = redactKeys(
    text.slice(0, 2 * maxLength + 1000).replaceAll(NOT_IN_A_LINE, " "),
  ).trim();
  return line.length <= maxLength ? line : `${line.slice(0, maxLength - 1)}…`;
}
