import { readFile, readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { fencedBlocks } from "../../scripts/lib/fenced-blocks.js";

/** The project's root folder. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** A piece of TypeScript that our documentation shows to a reader. */
export interface Snippet {
  /** `README.md:14`, for the test's name. */
  name: string;
  code: string;
  /** Fenced as `ts no-run`: it needs a framework or a person, so it is type-checked only. */
  runs: boolean;
}

/** The README and the guides. */
export async function markdownPages(): Promise<string[]> {
  return [
    "README.md",
    "AGENTS.md",
    "CONTRIBUTING.md",
    "examples/README.md",
    ...(await filesBelow("docs", ".md")),
  ];
}

/** Every TypeScript block of the README and the guides. */
export async function markdownSnippets(): Promise<Snippet[]> {
  const pages = await markdownPages();
  return (await Promise.all(pages.map((page) => snippetsOf(page)))).flat();
}

/** Every `@example` of the docstrings of the modules, the generated ones included. */
export async function docstringSnippets(): Promise<Snippet[]> {
  const modules = await filesBelow("src", ".ts");
  return (await Promise.all(modules.map((file) => snippetsOf(file, withoutCommentStars)))).flat();
}

async function snippetsOf(file: string, prepare = (text: string) => text): Promise<Snippet[]> {
  const text = await readFile(join(root, file), "utf8").catch(() => "");
  return fencedBlocks(prepare(text))
    .filter(({ info }) => /^(ts|typescript)\b/.test(info))
    .map(({ info, text: code, lineOffset }) => ({
      name: `${file}:${lineOffset + 1}`,
      code,
      runs: !info.includes("no-run"),
    }));
}

/** Turns ` * code` into `code`, keeping the line numbers. */
function withoutCommentStars(module: string): string {
  return module.replace(/^[ \t]*\* ?/gm, "");
}

async function filesBelow(folder: string, ending: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}
