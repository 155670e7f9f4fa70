/** The widest line of a docstring, without the indentation before it. */
const WIDTH = 92;

/**
 * Writes a docstring from its paragraphs. They are wrapped, except inside fenced blocks. Empty
 * paragraphs are omitted.
 */
export function docstring(paragraphs: readonly string[]): string {
  const kept = paragraphs.filter((paragraph) => paragraph.trim() !== "");
  const lines = kept.flatMap((paragraph, index) => [
    ...(index > 0 && !isTag(paragraph, kept[index - 1]) ? [""] : []),
    ...(paragraph.includes("```") ? linesOf(paragraph) : linesOf(paragraph).flatMap(wrapped)),
  ]);
  const safe = lines.map((line) => line.replaceAll("*/", "*\\/"));
  if (safe.length === 1) return `/** ${safe[0] ?? ""} */`;
  return `/**\n${safe.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n */`;
}

/** The lines of a text, whatever ends them. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n?|\n/);
}

/** Consecutive block tags have no empty line between them. */
function isTag(paragraph: string, before = ""): boolean {
  return paragraph.startsWith("@") && before.startsWith("@");
}

function wrapped(line: string): string[] {
  if (line.length <= WIDTH) return [line];
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ")) {
    if (current !== "" && current.length + word.length >= WIDTH) {
      lines.push(current);
      current = line.startsWith("- ") ? `  ${word}` : word;
    } else {
      current = current === "" ? word : `${current} ${word}`;
    }
  }
  return [...lines, current];
}
