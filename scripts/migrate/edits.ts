/** A range of a text, and its replacement. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** Applies edits to a text. If one lies inside another, the outer one wins. */
export function withEdits(code: string, edits: readonly Edit[]): string {
  let text = "";
  let position = 0;
  for (const { start, end, text: instead } of [...edits].sort((a, b) => a.start - b.start)) {
    if (start < position) continue;
    text += code.slice(position, start) + instead;
    position = end;
  }
  return text + code.slice(position);
}
