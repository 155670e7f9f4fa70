/** One fenced code block of a Markdown page (CommonMark 0.31, section 4.5). */
export interface FencedBlock {
  /** What stands after the opening fence: `yaml /openapi.json POST /v2/title/text`. */
  info: string;
  text: string;
  /** Lines of the page before the block's first line of text. */
  lineOffset: number;
  /** False if the page ends before the block does; CommonMark allows it, a cut-off page too. */
  closed: boolean;
}

interface Fence {
  indent: number;
  marker: string;
  info: string;
}

/**
 * Takes the fenced code blocks out of a Markdown page. A block ends at a fence of the same
 * character that is at least as long, or at the end of the page.
 *
 * Linear in the page's length, whatever the page holds: pages come from the network.
 */
export function fencedBlocks(markdown: string): FencedBlock[] {
  const lines = markdown.split(/\r\n|\n|\r/);
  const blocks: FencedBlock[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const opening = fenceOf(lines[index] ?? "");
    if (!opening) continue;
    const start = index + 1;
    index = closingLine(lines, start, opening);
    const text = lines.slice(start, index).map((line) => withoutIndent(line, opening.indent));
    blocks.push({
      info: opening.info,
      text: text.map((line) => `${line}\n`).join(""),
      lineOffset: start,
      closed: index < lines.length,
    });
  }
  return blocks;
}

function fenceOf(line: string): Fence | undefined {
  const [whole = "", indent = "", marker = ""] = /^( {0,3})(`{3,}|~{3,})/.exec(line) ?? [];
  if (marker === "") return undefined;
  const info = trimBlanks(line.slice(whole.length));
  // A backtick after a backtick fence makes the line inline code: ``` `like this` ```.
  if (marker.startsWith("`") && info.includes("`")) return undefined;
  return { indent: indent.length, marker, info };
}

function closingLine(lines: string[], start: number, opening: Fence): number {
  for (let index = start; index < lines.length; index += 1) {
    const fence = fenceOf(lines[index] ?? "");
    if (fence?.info === "" && fence.marker.startsWith(opening.marker)) return index;
  }
  return lines.length;
}

function withoutIndent(line: string, indent: number): string {
  let spaces = 0;
  while (spaces < indent && line[spaces] === " ") spaces += 1;
  return line.slice(spaces);
}

/** Strips spaces and tabs, the only blanks CommonMark strips here. */
function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text[start])) start += 1;
  while (end > start && isBlank(text[end - 1])) end -= 1;
  return text.slice(start, end);
}

function isBlank(character: string | undefined): boolean {
  return character === " " || character === "\t";
}
