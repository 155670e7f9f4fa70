import { openApiBlocks } from "../lib/openapi-block.js";
import type { SourceText } from "../lib/source-text.js";
import type { Docs, DocsPage } from "./docs.js";
import { pageAddress } from "./index-links.js";

/** The header of each page in an `llms-full.txt`: its title, and the address it was made from. */
const PAGE_START = /^# .*[\r\n]+Source: (\S+)[ \t]*$/gm;

/**
 * The pages of a file that contains all pages of its site in sequence, as `llms-full.txt` does.
 * `undefined` if the file is an index that only links to them.
 */
export function allInOneFile(file: SourceText): Docs | undefined {
  const isNamedSo = /llms-full\.txt(?:\?|$)/.test(file.file);
  if (!isNamedSo && !holdsBlocks(file)) return undefined;

  const starts = [...file.text.matchAll(PAGE_START)];
  const sources = new Map<DocsPage, SourceText>();
  // Anything above the first title also belongs to a page.
  const above = { ...file, text: file.text.slice(0, starts[0]?.index) };
  if (starts.length === 0 || holdsBlocks(above))
    sources.set({ address: file.file, location: file.file }, above);
  for (const [index, start] of starts.entries()) {
    const text = file.text.slice(start.index, starts[index + 1]?.index);
    const lineOffset = file.lineOffset + file.text.slice(0, start.index).split("\n").length - 1;
    const [, address = ""] = start;
    const page = {
      address: URL.canParse(address) ? pageAddress(new URL(address)) : address,
      location: `${file.file}:${lineOffset + 1}`,
    };
    sources.set(page, { ...file, text, lineOffset });
  }
  return {
    pages: [...sources.keys()],
    skippedLinks: [],
    read: (page) => Promise.resolve(sources.get(page) ?? { ...file, text: "" }),
  };
}

function holdsBlocks(source: SourceText): boolean {
  const { announced, unannounced } = openApiBlocks(source);
  return announced.length + unannounced.length > 0;
}
