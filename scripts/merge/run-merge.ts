import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { colors, errorColors } from "../lib/colors.js";
import type { SourceText } from "../lib/source-text.js";
import { SourcesFile } from "../lib/sources-file.js";
import { writeFileAtomically } from "../lib/write-file.js";
import { mergeFragments } from "./merge-fragments.js";
import { printDocument } from "./print-document.js";
import { readFolder } from "./read-folder.js";

export const DEFAULTS = { fragments: "spec/fragments", out: "spec/openapi.yaml" };

export interface MergeCommandOptions {
  /** Folder of fragments. A `sources.yaml` next to it says which of them were transcribed. */
  fragments: string;
  /** File for the merged document. */
  out: string;
  /** Only compare the file with what would be written. */
  check: boolean;
}

/**
 * The merge command: merges the fragments of a folder into a file, or checks that the file is up to
 * date.
 *
 * @returns the exit code: 0, or 1 if the checked file is stale or missing.
 * @throws {InputError} on bad input and on conflicts; nothing is written then.
 */
export async function runMerge({ fragments: folder, out, check }: MergeCommandOptions) {
  const { document, warnings, count } = await mergeFolder(folder, out);
  const command = commandLine({ fragments: folder, out });
  const text = printDocument(document, out, command);

  for (const warning of warnings) process.stderr.write(`${errorColors.yellow(warning)}\n`);
  if (check) return await checkFile(out, text, command);
  await writeFileAtomically(out, text);
  const fragments = count === 1 ? "1 fragment" : `${count} fragments`;
  process.stdout.write(`${colors.green("merged")} ${fragments} into ${out}\n`);
  return 0;
}

async function mergeFolder(folder: string, out: string) {
  const { fragments, warnings } = await readFolder(folder, out);
  const sources = await SourcesFile.read(join(folder, "..", "sources.yaml"));
  const transcribed = new Set(sources.filesOfKind("transcribed"));
  const isTranscribed = ({ file }: SourceText) => transcribed.has(basename(file));
  const merged = mergeFragments(fragments, { isTranscribed });
  return {
    document: merged.document,
    warnings: [...warnings, ...merged.warnings],
    count: fragments.length,
  };
}

async function checkFile(file: string, text: string, command: string) {
  const present = await readFile(file, "utf8").catch(() => undefined);
  if (present === text) {
    process.stdout.write(`${file} is up to date\n`);
    return 0;
  }
  const state = present === undefined ? "is missing" : "is stale";
  process.stderr.write(`${file} ${state}: run ${command}\n`);
  return 1;
}

/** The command that recreates this document, with the options that differ from the defaults. */
function commandLine(options: typeof DEFAULTS): string {
  const given = (["fragments", "out"] as const)
    .filter((name) => options[name] !== DEFAULTS[name])
    .map((name) => `--${name} ${quoted(options[name])}`);
  return ["npm run merge", ...(given.length > 0 ? ["--", ...given] : [])].join(" ");
}

function quoted(path: string): string {
  return /^[\w./\\:-]+$/.test(path) ? path : JSON.stringify(path);
}
