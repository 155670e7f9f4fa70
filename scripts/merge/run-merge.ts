import { readFile } from "node:fs/promises";
import { colors, errorColors } from "../lib/colors.js";
import { writeFileAtomically } from "../lib/write-file.js";
import { mergeFragments } from "./merge-fragments.js";
import { printDocument } from "./print-document.js";
import { readFolder } from "./read-folder.js";
import { readTranscribed } from "./transcribed.js";

export const DEFAULTS = { fragments: "spec/fragments", out: "spec/openapi.yaml" };

export interface MergeCommandOptions {
  /** Folder of fragments; a `sources.yaml` beside it says which of them were transcribed. */
  fragments: string;
  /** File of the merged document. */
  out: string;
  /** Only compare the file with what would be written. */
  check: boolean;
}

/**
 * The merge command: merges a folder's fragments into a file, or checks that this was done.
 *
 * @returns the exit code: 0, or 1 when the file that is checked is stale or missing.
 * @throws {InputError} on bad input and on conflicts; nothing is written then.
 */
export async function runMerge({ fragments: folder, out, check }: MergeCommandOptions) {
  const { fragments, pagesWithout } = await readFolder(folder, out);
  const isTranscribed = await readTranscribed(folder);
  const { document, warnings } = mergeFragments(fragments, { isTranscribed });
  const command = commandLine({ fragments: folder, out });
  const pieces = printDocument(document, out, command);

  for (const page of pagesWithout) warn(`${page}: warning: has no OpenAPI block; left out`);
  for (const warning of warnings) warn(warning);
  if (check) return await checkFile(out, pieces, command);
  await writeFileAtomically(out, pieces);
  const count = fragments.length === 1 ? "1 fragment" : `${fragments.length} fragments`;
  process.stdout.write(`${colors.green("merged")} ${count} into ${out}\n`);
  return 0;
}

async function checkFile(file: string, pieces: Iterable<string>, command: string) {
  const present = await readFile(file, "utf8").catch(() => undefined);
  if (present === [...pieces].join("")) {
    process.stdout.write(`${file} is up to date\n`);
    return 0;
  }
  const state = present === undefined ? "is missing" : "is stale";
  process.stderr.write(`${file} ${state}: run ${command}\n`);
  return 1;
}

/** The command that makes this document again, with the options that are not the defaults. */
function commandLine(options: typeof DEFAULTS): string {
  const given = (["fragments", "out"] as const)
    .filter((name) => options[name] !== DEFAULTS[name])
    .map((name) => `--${name} ${quoted(options[name])}`);
  return ["npm run merge", ...(given.length > 0 ? ["--", ...given] : [])].join(" ");
}

function quoted(path: string): string {
  return /^[\w./\\:-]+$/.test(path) ? path : JSON.stringify(path);
}

function warn(line: string) {
  process.stderr.write(`${errorColors.yellow(line)}\n`);
}
