import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** The files with this ending, by their paths from the root. */
export async function filesBelow(root: string, folder: string, ending: string): Promise<string[]> {
  const names = await readdir(join(root, folder), { recursive: true }).catch(() => []);
  return names.filter((name) => name.endsWith(ending)).map((name) => join(folder, name));
}
