/** A stretch of a text, and what is to stand there. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** A text with edits made. If one lies in another, the outer one holds. */
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
