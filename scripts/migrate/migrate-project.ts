import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import type { FileChanges } from "../lib/file-changes.js";
import type { ClientChanges } from "./client-changes.js";
import { filesBelow } from "./files-below.js";
import { migrateCode } from "./migrate-code.js";
import { migrateDocstrings } from "./migrate-docstrings.js";
import { migrateMarkdown } from "./migrate-markdown.js";

/**
 * Updates all handwritten material about the client: the examples, the README, the guides, and the
 * examples in docstrings. An example that depends on something removed is deleted, with its test
 * and the text about it.
 *
 * @param root the folder of the project
 * @returns the files that change; nothing is written
 */
export async function migrateProject(root: string, changes: ClientChanges): Promise<FileChanges> {
  const texts = new Map<string, string | undefined>();
  const goneExamples: string[] = [];
  for (const name of await foldersIn(join(root, "examples"))) {
    const files = [
      ...(await filesBelow(root, join("examples", name), ".ts")),
      ...(await filesBelow(root, join("test", "examples"), `${name}.test.ts`)),
    ];
    const migrated = new Map<string, string | undefined>();
    for (const file of files)
      migrated.set(file, migrateCode(await readFile(join(root, file), "utf8"), changes));
    const isGone = [...migrated.values()].includes(undefined);
    if (isGone) goneExamples.push(name);
    for (const [file, text] of migrated) texts.set(file, isGone ? undefined : text);
  }
  for (const file of await filesBelow(root, "src", ".ts")) {
    if (!file.startsWith(join("src", "generated")))
      texts.set(file, migrateDocstrings(await readFile(join(root, file), "utf8"), changes));
  }
  for (const file of await writtenPages(root)) {
    const isGone = (text: string) =>
      goneExamples.some((name) => mentionsExample(text, name, file.startsWith("examples")));
    texts.set(file, migrateMarkdown(await readFile(join(root, file), "utf8"), changes, isGone));
  }
  return changedAndFormatted(root, texts);
}

function mentionsExample(text: string, name: string, isBeside: boolean): boolean {
  const path = isBeside ? `(?:\\(|examples/)${name}` : `examples/${name}`;
  return new RegExp(`${path}(?![\\w-])`).test(text);
}

/** The pages that are written by hand, completely or in part. */
async function writtenPages(root: string): Promise<string[]> {
  const pages = [
    ...(await readdir(root)).filter((name) => name.endsWith(".md") && name !== "CHANGELOG.md"),
    ...(await filesBelow(root, "docs", ".md")),
    ...(await filesBelow(root, "examples", ".md")),
  ];
  const texts = await Promise.all(pages.map((page) => readFile(join(root, page), "utf8")));
  return pages.filter((_, index) => texts[index]?.startsWith("<!-- Generated") === false);
}

async function changedAndFormatted(root: string, texts: FileChanges): Promise<FileChanges> {
  const changed = new Map<string, string | undefined>();
  for (const [name, text] of texts) {
    const file = join(root, name);
    if (text === (await readFile(file, "utf8"))) continue;
    const config = { ...(await resolveConfig(file)), filepath: file };
    changed.set(file, text === undefined ? undefined : await format(text, config));
  }
  return changed;
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
