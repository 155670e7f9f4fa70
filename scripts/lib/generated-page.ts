import { readFile } from "node:fs/promises";
import { format, resolveConfig } from "prettier";
import { writeFileAtomically } from "./write-file.js";

/** Formats Markdown as the checks want it in this file. */
export async function formatPage(file: string, markdown: string): Promise<string> {
  return format(markdown, { ...(await resolveConfig(file)), parser: "markdown" });
}

/**
 * Writes a page if it is not yet as it should be, or, to check, says `stale` and leaves it.
 *
 * @returns Whether it is as it should be now.
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
