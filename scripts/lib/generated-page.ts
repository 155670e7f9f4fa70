import { readFile } from "node:fs/promises";
import { format, resolveConfig } from "prettier";
import { writeFileAtomically } from "./write-file.js";

/** Formats Markdown the way the checks require for this file. */
export async function formatPage(file: string, markdown: string): Promise<string> {
  return format(markdown, { ...(await resolveConfig(file)), parser: "markdown" });
}

/**
 * Writes a page if it is out of date; when checking, reports `stale` instead.
 *
 * @returns Whether the page is up to date now.
 */
export async function writeOrCheckPage(
  file: string,
  text: string,
  { check, stale }: { check: boolean; stale: string },
): Promise<boolean> {
  const isFresh = (await readFile(file, "utf8").catch(() => undefined)) === text;
  if (!isFresh && check) {
    process.stderr.write(`${stale}\n`);
    return false;
  }
  if (!isFresh) await writeFileAtomically(file, text);
  process.stdout.write(`${file} ${isFresh ? "is up to date" : "written"}\n`);
  return true;
}
