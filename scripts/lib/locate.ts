import { isMap, isSeq, LineCounter, parseDocument, type Node } from "yaml";
import type { Position } from "./input-error.js";
import { fromPointer } from "./json-pointer.js";
import type { SourceText } from "./source-text.js";

/**
 * Finds where a JSON Pointer's value stands in a YAML or JSON text: its key, where it has one.
 * When the pointer leads past what is there, the deepest part that is there.
 *
 * Slow (it parses again, keeping positions): call it only to report that something is wrong.
 */
export function locate(source: SourceText, pointer: string): Position {
  const lineCounter = new LineCounter();
  const document = parseDocument(source.text, { lineCounter, keepSourceTokens: false });
  const { line, col } = lineCounter.linePos(offsetOf(document.contents, fromPointer(pointer)));
  return { line: line + source.lineOffset, column: col };
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
