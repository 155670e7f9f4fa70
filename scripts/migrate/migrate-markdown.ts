import { withNewNames, type ClientChanges } from "./client-changes.js";
import { migrateCode } from "./migrate-code.js";
import { migrateCsv, migrateScript } from "./migrate-commands.js";

/** A block of a page: a fenced block, a heading, a list item, a table row, a paragraph. */
interface Block {
  kind: "fence" | "heading" | "item" | "row" | "paragraph" | "blank" | "generated";
  text: string;
}

/**
 * Makes a page describe the new client. Snippets and commands are migrated. One that depends on
 * something removed is deleted, with the paragraph that introduces it; so are sentences and rows
 * that name a removed method, and headings with nothing left below them.
 *
 * @param isGone whether a text mentions something else that was removed
 * @returns Markdown, not formatted.
 */
export function migrateMarkdown(
  page: string,
  changes: ClientChanges,
  isGone: (text: string) => boolean = () => false,
): string {
  const mentions = (text: string) => changes.mention.test(text) || isGone(text);
  const blocks = blocksOf(page).map((before) => ({
    before,
    after: migrateBlock(before, changes, mentions),
  }));
  const isFollowedByLoss = (index: number) => {
    const next = blocks.slice(index + 1).find(({ before }) => before.kind !== "blank");
    return next?.before.kind === "fence" && next.after === undefined;
  };
  const kept = blocks.flatMap(({ before, after }, index) => {
    if (after === undefined) return [];
    const isAnnouncement = before.kind === "paragraph" && /:\s*$/.test(after);
    return isAnnouncement && isFollowedByLoss(index) ? [] : [{ kind: before.kind, text: after }];
  });
  if (kept.length === blocks.length) return kept.map(({ text }) => text).join("\n");
  return withoutEmptySections(withoutEmptyTables(kept))
    .map(({ text }) => text)
    .join("\n");
}

function migrateBlock(
  { kind, text }: Block,
  changes: ClientChanges,
  mentions: (text: string) => boolean,
): string | undefined {
  if (kind === "generated" || kind === "blank") return text;
  if (kind === "fence") return migrateFence(text, changes, mentions);
  if (kind === "heading") return withNewNames(text, changes);
  if (kind === "row") return mentions(text) ? undefined : withNewNames(text, changes);
  return mentions(text) ? withoutSentences(text, mentions, changes) : withNewNames(text, changes);
}

function migrateFence(
  fence: string,
  changes: ClientChanges,
  mentions: (text: string) => boolean,
): string | undefined {
  const [opening = "", ...lines] = fence.split("\n");
  const closing = lines.pop() ?? "";
  const code = lines.map((line) => `${line}\n`).join("");
  const migrated = migrateFenced(/^\s*`+(\w*)/.exec(opening)?.[1] ?? "", code, changes);
  if (migrated === undefined || mentions(migrated)) return undefined;
  return `${opening}\n${migrated.trimEnd()}\n${closing}`;
}

function migrateFenced(language: string, code: string, changes: ClientChanges): string | undefined {
  switch (language) {
    case "ts":
      return migrateCode(code, changes);
    case "sh":
      return migrateScript(code, changes);
    case "csv":
      return migrateCsv(code, changes);
    default:
      return withNewNames(code, changes);
  }
}

/**
 * What remains of a paragraph or an item; `undefined` if nothing does. A sentence that begins with a
 * pronoun goes with the one before it.
 */
function withoutSentences(
  text: string,
  mentions: (text: string) => boolean,
  changes: ClientChanges,
): string | undefined {
  const [, marker = "", words = ""] = /^(\s*(?:[-*]|\d+\.)\s+)?(.*)$/s.exec(text) ?? [];
  const kept: string[] = [];
  let isLost = false;
  for (const sentence of words.replaceAll(/\s*\n\s*/g, " ").split(END_OF_SENTENCE)) {
    isLost =
      mentions(sentence) || (isLost && /^(?:It|They|This|That|These|Those)\b/.test(sentence));
    if (!isLost) kept.push(sentence);
  }
  if (kept.length === 0) return undefined;
  return wrapped(withNewNames(marker + kept.join(" ").trim(), changes), " ".repeat(marker.length));
}

/** A sentence may start with a code span, which a segmenter for English does not expect. */
const END_OF_SENTENCE = /(?<=[.!?][)"”*_`]*) (?=[A-Z`[*“(])/;

const WIDTH = 120;

function wrapped(text: string, indent: string): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= WIDTH)
      lines.push(`${lines.pop() ?? ""} ${word}`);
    else lines.push(line === undefined ? word : indent + word);
  }
  return lines.join("\n");
}

/** A table needs rows below its header. */
function withoutEmptyTables(blocks: readonly Block[]): Block[] {
  const isRow = (block: Block | undefined) => block?.kind === "row";
  return blocks.filter((block, index) => {
    if (!isRow(block)) return true;
    const start = blocks.slice(0, index).findLastIndex((one) => !isRow(one)) + 1;
    const end = blocks.findIndex((one, at) => at > index && !isRow(one));
    return (end === -1 ? blocks.length : end) - start > 2;
  });
}

/** A heading needs something below it that is not a heading of the same or a higher level. */
function withoutEmptySections(blocks: readonly Block[]): Block[] {
  const level = ({ text }: Block) => /^#*/.exec(text)?.[0].length ?? 0;
  const kept: Block[] = [];
  for (const block of blocks.toReversed()) {
    const next = kept.findLast(({ kind }) => kind !== "blank");
    const isEmpty = !next || (next.kind === "heading" && level(next) <= level(block));
    if (block.kind !== "heading" || !isEmpty) kept.push(block);
  }
  return kept.toReversed();
}

/** Generated parts of a page, which follow from the spec, a run or the code. */
const GENERATED = /^<!-- (?:generated: |fault matrix|evolutions)/;
const END_OF_GENERATED = /^<!-- (?:\/generated|end of )/;

function blocksOf(page: string): Block[] {
  const blocks: Block[] = [];
  let end: RegExp | undefined;
  for (const line of page.split("\n")) {
    const last = blocks.at(-1);
    if (end && last) {
      last.text += `\n${line}`;
      if (end.test(line)) end = undefined;
      continue;
    }
    const kind = kindOf(line);
    const fence = /^\s*(`{3,})/.exec(line)?.[1];
    if (fence) end = new RegExp(`^\\s*${fence}\\s*$`);
    else if (kind === "generated") end = END_OF_GENERATED;
    const goesOn = kind === "paragraph" && (last?.kind === "paragraph" || last?.kind === "item");
    if (goesOn) last.text += `\n${line}`;
    else blocks.push({ kind, text: line });
  }
  return blocks;
}

function kindOf(line: string): Block["kind"] {
  if (line.trim() === "") return "blank";
  if (/^\s*`{3,}/.test(line)) return "fence";
  if (/^#{1,6} /.test(line)) return "heading";
  if (/^\s*(?:[-*]|\d+\.) /.test(line)) return "item";
  if (line.startsWith("|")) return "row";
  return GENERATED.test(line) ? "generated" : "paragraph";
}
