/** A string literal, in double quotes unless single quotes need fewer escapes. */
export function quoted(text: string): string {
  const inDouble = JSON.stringify(text);
  const doubles = text.split('"').length;
  const singles = text.split("'").length;
  if (doubles <= singles) return inDouble;
  return `'${inDouble.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/**
 * The lines of a block comment, with aligned asterisks. Descriptions appear as plain text, because
 * editors would show `@description` as a tag of that name. A carriage return ends a line too, of
 * which openapi-typescript knows nothing.
 */
export function commentLines(comment: string): string[] {
  const lines = comment
    .replaceAll(/\r(?!\n)/g, "\n * ")
    .replaceAll(/^(\s*(?:\/\*\*|\*)) @description /gm, "$1 ")
    .split("\n");
  return lines.map((line, index) =>
    index === 0 ? line.trimEnd() : ` ${index < lines.length - 1 ? line.trim() : line.trimStart()}`,
  );
}
