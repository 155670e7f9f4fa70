import { readFile, readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { snippetsIn, type Snippet } from "../../scripts/lib/snippets.js";

/** The project's root folder. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

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

/** Every TypeScript block in the README and the guides. */
export async function markdownSnippets(): Promise<Snippet[]> {
  const pages = await markdownPages();
  return (await Promise.all(pages.map((page) => snippetsOf(page)))).flat();
}

/** Every `@example` in the docstrings of the modules, including the generated ones. */
export async function docstringSnippets(): Promise<Snippet[]> {
  const modules = await filesBelow("src", ".ts");
  return (await Promise.all(modules.map((file) => snippetsOf(file)))).flat();
}

async function snippetsOf(file: string): Promise<Snippet[]> {
  return snippetsIn(file, await readFile(join(root, file), "utf8").catch(() => ""));
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
