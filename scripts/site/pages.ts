import { readdir, readFile, stat } from "node:fs/promises";
import { basename, extname, posix } from "node:path";

/** A part of the repository as a page of the site. */
export interface Page {
  /** Its path in the repository; a folder is a page too. */
  path: string;
  title: string;
  /** Its own text. Links in it are relative to the folder `base`. */
  words: string;
  base: string;
  /** The files that it shows below its text, verbatim. */
  files: { path: string; text: string }[];
}

/** A link of a page, except to the web or to itself. */
export interface PageLink {
  /** The target, as a path in the repository. */
  target: string;
  label: string;
  /** What a list or a table says about it: the words after the link. */
  summary?: string | undefined;
}

/**
 * Reads a page: Markdown as text, a folder as its README and its files, any other file verbatim.
 */
export async function readPage(path: string): Promise<Page> {
  if ((await stat(path)).isDirectory()) return readFolder(path);
  const text = await readFile(path, "utf8");
  const base = posix.dirname(path);
  if (extname(path) !== ".md") {
    return { path, base, title: path, words: `# ${path}`, files: [{ path, text }] };
  }
  return { path, base, title: titleOf(text) ?? path, words: text, files: [] };
}

/** The first heading, up to a colon. */
function titleOf(markdown: string): string | undefined {
  return /^# ([^:\n]+)/m.exec(markdown)?.[1];
}

async function readFolder(path: string): Promise<Page> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => posix.join(entry.parentPath, entry.name))
    .sort((a, b) => Number(isMain(b)) - Number(isMain(a)) || a.localeCompare(b, "en"));
  const files = await Promise.all(
    paths.map(async (file) => ({ path: file, text: await readFile(file, "utf8") })),
  );
  const readme = files.find((file) => basename(file.path) === "README.md");
  const words = readme?.text ?? `# ${path}`;
  return { path, base: path, title: path, words, files: files.filter((file) => file !== readme) };
}

/** Whether a program starts here, so that this is the file to read first. */
function isMain(path: string): boolean {
  return basename(path, extname(path)) === "main";
}

/** The page that a link refers to: for a folder with nothing but a README, the README. */
export function targetOf(path: string): string {
  const plain = posix.join(path).replace(/\/$/, "");
  return ["docs", "examples"].includes(plain) ? `${plain}/README.md` : plain;
}

const LINK = /\[((?:[^[\]\\]|\\.)*)\]\((?!https?:|#)([^)#\s]+)(#[^)\s]*)?\)/g;
/** The text after a link in a list (`: words`), or in the next cell of a table. */
const SUMMARY = /^(?:: | +\| +)([^|\n]*[^|\s])/;

/** The links of a page, in the order of its text. */
export function linksOf({ words, base }: Page): PageLink[] {
  return [...words.matchAll(LINK)].map((link) => ({
    target: posix.join(base, link[2] ?? ""),
    label: (link[1] ?? "").replaceAll("`", ""),
    summary: SUMMARY.exec(words.slice(link.index + link[0].length))?.[1],
  }));
}

/** A page's text and files as Markdown, with links rewritten by `lead`. */
export function markdownOf(page: Page, lead: (target: string) => string): string {
  const words = page.words.replaceAll(
    LINK,
    (_link, label: string, target: string, anchor: string | undefined) =>
      `[${label}](${lead(posix.join(page.base, target))}${anchor ?? ""})`,
  );
  const files = page.files.map(({ path, text }) => {
    const heading = page.files.length > 1 ? `## ${posix.relative(page.base, path)}\n\n` : "";
    // No file shown here contains a fence this long.
    return `${heading}\`\`\`\`\`${extname(path).slice(1)}\n${text.trimEnd()}\n\`\`\`\`\`\n`;
  });
  return [words.trimEnd(), ...files].join("\n\n");
}
