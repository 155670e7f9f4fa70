import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { InputError } from "../lib/input-error.js";
import { readSourceText, type SourceText } from "../lib/source-text.js";
import { allInOneFile } from "./all-in-one-file.js";
import type { Docs, DocsPage, PullLimits, SkippedLink } from "./docs.js";
import { indexLinks, markdownUrl, pageAddress } from "./index-links.js";

/** Stands in for the site if an index has relative links. */
const NOWHERE = "folder:///";

/**
 * Opens docs that were saved to a folder. If the folder has an `llms.txt`, its links determine the
 * pages and the addresses at which they are published; `https://…/guides/errors.md` is looked up as
 * `guides/errors.md`, then `errors.md`, also as `.txt`. Without an index, every `.md` file is a
 * page and its path is its address. An index that contains the pages themselves, such as
 * `llms-full.txt`, is read for its pages.
 *
 * @param index the folder, or an index file inside it.
 * @throws {InputError} if there is no such folder or file.
 */
export async function openFolder(index: string, limits: PullLimits): Promise<Docs> {
  const isFolder = await stat(index).then(
    (found) => found.isDirectory(),
    () => {
      throw new InputError(
        `${index}: no such file or folder; pass an llms.txt, its folder, or a URL`,
      );
    },
  );
  const folder = isFolder ? index : dirname(index);
  const files = await filesIn(folder);
  const indexFile = isFolder ? "llms.txt" : basename(index);
  const source = files.includes(indexFile)
    ? await readPage(join(folder, indexFile), limits.maxIndexBytes)
    : undefined;
  const all = source && allInOneFile(source);
  if (all) return all;
  const listed = source
    ? pagesOfIndex(source.text, folder, files)
    : { pages: allPages(folder, files), skippedLinks: [] };
  // Only files found in the listing are ever read, so no link can lead out of the folder.
  const locations = new Set(files.map((file) => join(folder, file)));
  const read = async ({ location }: DocsPage) => {
    if (!locations.has(location)) throw new InputError(`${location}: no such file`);
    return readPage(location, limits.maxBytes);
  };
  return { ...listed, read };
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, "/"))
    .sort();
}

function allPages(folder: string, files: string[]): DocsPage[] {
  return files
    .filter((file) => /\.mdx?$/.test(file) || /(^|\/)errors\.txt$/.test(file))
    .map((file) => ({ address: file, location: join(folder, file) }));
}

function pagesOfIndex(index: string, folder: string, files: string[]) {
  const pages = new Map<string, DocsPage>();
  const skippedLinks: SkippedLink[] = [];
  for (const link of new Set(indexLinks(index))) {
    const target = URL.canParse(link, NOWHERE) ? new URL(link, NOWHERE) : undefined;
    const markdown = target && markdownUrl(target);
    if (!markdown) {
      skippedLinks.push({ link, reason: "is not a Markdown page" });
      continue;
    }
    const wanted = markdown.pathname.split("/").filter(Boolean).map(decodeSegment);
    const file = findBySuffix(wanted, files) ?? wanted.join("/");
    const address = markdown.href.startsWith(NOWHERE) ? file : pageAddress(markdown);
    pages.set(file, { address, location: join(folder, file) });
  }
  return { pages: [...pages.values()], skippedLinks };
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function findBySuffix(segments: string[], files: string[]): string | undefined {
  for (let start = 0; start < segments.length; start += 1) {
    const suffix = segments.slice(start).join("/");
    const found = [suffix, suffix.replace(/\.mdx?$/, ".txt")].find((file) => files.includes(file));
    if (found !== undefined) return found;
  }
  return undefined;
}

async function readPage(file: string, maxBytes: number): Promise<SourceText> {
  const { size } = await stat(file);
  if (size > maxBytes) throw new InputError(`${file}: is larger than ${maxBytes} bytes`);
  return readSourceText(file);
}
