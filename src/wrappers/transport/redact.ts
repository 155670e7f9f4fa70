/**
 * Makes a function that takes a secret out of a text, also where JSON spells it with escapes. Error
 * pages have been seen to quote the headers of the request.
 */
export function redactor(secret: string): (text: string) => string {
  const spelled = Array.from(secret, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, "0");
    const digits = code.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
    return `(?:\\\\?${character.replace(/\W/, "\\$&")}|\\\\u${digits})`;
  });
  const pattern = new RegExp(spelled.join(""), "g");
  return (text) => text.replaceAll(pattern, "[the API key]");
}
