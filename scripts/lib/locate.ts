import { isMap, isSeq, LineCounter, parseDocument, type Node } from "yaml";
import type { Position } from "./input-error.js";
import { offsetInJson } from "./json-position.js";
import { fromPointer } from "../../src/openapi/pointer.js";
import type { SourceText } from "./source-text.js";

/** Finds the position of a JSON Pointer's value in a text. */
export type Locate = (source: SourceText, pointer: string) => Position;

/**
 * Finds the position of a JSON Pointer's value in a YAML or JSON text, or of its key, if it has
 * one. If the pointer leads too far, it finds the deepest part that exists.
 *
 * Slow, because it parses again with positions: call it only to report a problem.
 */
export const locate: Locate = (source, pointer) => parsePositions(source)(pointer);

/** How many parsed sources a locator keeps. Reports go file by file, so a few are enough. */
const REMEMBERED_SOURCES = 8;

/** A `locate` for reporting many positions: it remembers the sources that it parsed last. */
export function createLocator(): Locate {
  const parsed = new Map<SourceText, ReturnType<typeof parsePositions>>();
  return (source, pointer) => {
    const find = parsed.get(source) ?? parsePositions(source);
    parsed.delete(source);
    parsed.set(source, find);
    const [oldest] = parsed.keys();
    if (parsed.size > REMEMBERED_SOURCES && oldest) parsed.delete(oldest);
    return find(pointer);
  };
}

function parsePositions(source: SourceText) {
  if (isJson(source.text)) {
    return (pointer: string) => positionAt(source, offsetInJson(source.text, fromPointer(pointer)));
  }
  const lineCounter = new LineCounter();
  const document = parseDocument(source.text, { lineCounter, keepSourceTokens: false });
  return (pointer: string): Position => {
    const { line, col } = lineCounter.linePos(offsetOf(document.contents, fromPointer(pointer)));
    return { line: line + source.lineOffset, column: col };
  };
}

function isJson(text: string): boolean {
  if (!/^\s*\{/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // A YAML flow mapping, or invalid JSON.
  }
}

function positionAt({ text, lineOffset }: SourceText, offset: number): Position {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf("\n"); end !== -1 && end < offset; end = text.indexOf("\n", start)) {
    line += 1;
    start = end + 1;
  }
  return { line: line + lineOffset, column: offset - start + 1 };
}

function offsetOf(root: Node | null, path: string[]): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => String(item.key) === key);
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}
