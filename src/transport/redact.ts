/** Takes a secret out of a text, also where JSON spells it with escapes. */
export function withoutSecret(text: string, secret: string): string {
  // Nearly every text is done here: it neither quotes the secret nor escapes a letter of it.
  const plain = text.replaceAll(secret, SUBSTITUTE);
  return plain.includes("\\") ? plain.replaceAll(spellings(secret), SUBSTITUTE) : plain;
}

const SUBSTITUTE = "[the API key]";

/** Each character as itself, after a backslash, or as its code. */
function spellings(secret: string): RegExp {
  const characters = Array.from(secret, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, "0");
    const digits = code.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
    return `(?:\\\\?${character.replace(/\W/, "\\$&")}|\\\\u${digits})`;
  });
  return new RegExp(characters.join(""), "g");
}
