import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Compares a folder with the result of generation, byte for byte: one line for each file that is
 * missing or differs, and for each that should not exist.
 */
export async function staleFiles(
  folder: string,
  files: ReadonlyMap<string, string>,
): Promise<string[]> {
  const found = await readdir(folder).catch((): string[] => []);
  const lines: string[] = [];
  for (const [name, content] of files) {
    const file = join(folder, name);
    if (!found.includes(name)) lines.push(`${file}: missing`);
    else if ((await readFile(file, "utf8")) !== content) lines.push(`${file}: stale`);
  }
  const foreign = found.filter((name) => !files.has(name));
  return [...lines, ...foreign.map((name) => `${join(folder, name)}: not a generated file`)];
}
