/** One fenced code block of a Markdown page (CommonMark 0.31, section 4.5). */
export interface FencedBlock {
  /** What stands after the opening fence: `yaml /openapi.json POST /v2/title/text`. */
  info: string;
  text: string;
  /** Lines of the page before the block's first line of text. */
  lineOffset: number;
}

const OPENING = /^( {0,3})(`{3,}|~{3,})[ \t]*([^`]*?)[ \t]*$/;

/**
 * Takes the fenced code blocks out of a Markdown page. A block ends at a fence of the same
 * character that is at least as long, or at the end of the page.
 */
export function fencedBlocks(markdown: string): FencedBlock[] {
  const lines = markdown.split(/\r\n|\n|\r/);
  const blocks: FencedBlock[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const [, indent = "", fence, info = ""] = OPENING.exec(lines[index] ?? "") ?? [];
    if (fence === undefined) continue;
    const start = index + 1;
    index = closingLine(lines, start, fence);
    const text = lines.slice(start, index).map((line) => withoutIndent(line, indent.length));
    blocks.push({ info, text: text.join("\n") + "\n", lineOffset: start });
  }
  return blocks;
}

function closingLine(lines: string[], start: number, fence: string): number {
  const closing = new RegExp(`^ {0,3}\\${fence.charAt(0)}{${fence.length},}[ \\t]*$`);
  const offset = lines.slice(start).findIndex((line) => closing.test(line));
  return offset < 0 ? lines.length : start + offset;
}

function withoutIndent(line: string, indent: number): string {
  return line.replace(new RegExp(`^ {0,${indent}}`), "");
}
