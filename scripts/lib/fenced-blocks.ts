/** One fenced code block of a Markdown page (CommonMark 0.31, section 4.5). */
export interface FencedBlock {
  /** The text after the opening fence: `yaml /openapi.json POST /v2/title/text`. */
  info: string;
  text: string;
  /** How many lines of the page come before the first line of `text`. */
  lineOffset: number;
  /**
   * False if the page ends before the block does. CommonMark allows that, but the page may also be
   * cut off.
   */
  closed: boolean;
}

interface Fence {
  /** How many characters come before the fence: whitespace, and the marker of a list item. */
  indent: number;
  /** Whether it is inside a list or an MDX component, rather than at the page's margin. */
  isNested: boolean;
  canClose: boolean;
  marker: string;
  info: string;
}

/**
 * Extracts the fenced code blocks of a Markdown page. A block ends at a fence of the same character
 * that is at least as long, or at the end of the page.
 *
 * A fence indented by more than three spaces opens a block too, since pages put blocks into lists
 * and MDX components, but only if a matching fence closes it or no other fence follows. Otherwise
 * it is part of indented code.
 *
 * Takes linear time for any page: pages come from the network.
 */
export function fencedBlocks(markdown: string): FencedBlock[] {
  const lines = markdown.split(/\r\n|\n|\r/);
  const fences = lines.map(fenceOf);
  const lastFence = fences.findLastIndex((fence) => fence !== undefined);
  const lastClosing = new Map(
    fences.flatMap((fence, index) => (fence?.canClose ? [[placeOf(fence), index] as const] : [])),
  );
  const blocks: FencedBlock[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const opening = fences[index];
    if (!opening) continue;
    const isClosed = (lastClosing.get(placeOf(opening)) ?? 0) > index;
    if (opening.isNested && !isClosed && index < lastFence) continue;
    const start = index + 1;
    index = closingLine(fences, start, opening);
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

const FENCE = /^([ \t]*)((?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}|~{3,})/;

function fenceOf(line: string): Fence | undefined {
  const [whole = "", blanks = "", item = "", marker = ""] = FENCE.exec(line) ?? [];
  if (marker === "") return undefined;
  const info = trimBlanks(line.slice(whole.length));
  // A backtick after a backtick fence makes the line inline code: ``` `like this` ```.
  if (marker.startsWith("`") && info.includes("`")) return undefined;
  const indent = blanks.length + item.length;
  const isNested = item !== "" || indent > 3 || blanks.includes("\t");
  return { indent, isNested, canClose: info === "" && item === "", marker, info };
}

function placeOf({ indent, marker }: Fence): string {
  return `${indent} ${marker}`;
}

function closingLine(
  fences: readonly (Fence | undefined)[],
  start: number,
  opening: Fence,
): number {
  const isClosing = (fence: Fence) =>
    opening.isNested
      ? placeOf(fence) === placeOf(opening)
      : !fence.isNested && fence.marker.startsWith(opening.marker);
  for (let index = start; index < fences.length; index += 1) {
    const fence = fences[index];
    if (fence?.canClose && isClosing(fence)) return index;
  }
  return fences.length;
}

function withoutIndent(line: string, indent: number): string {
  let blanks = 0;
  while (blanks < indent && isBlank(line[blanks])) blanks += 1;
  return line.slice(blanks);
}

/** Strips spaces and tabs, the only whitespace CommonMark strips here. */
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
