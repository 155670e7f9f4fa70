import { dirname, join } from "node:path";
import { InputError } from "../lib/input-error.js";
import { SourcesFile } from "../lib/sources-file.js";
import { readSourceTextIfPresent } from "../lib/source-text.js";
import { writeFileAtomically } from "../lib/write-file.js";
import { toYamlText } from "../lib/yaml-text.js";
import type { PulledFragment } from "./page-report.js";

interface WrittenFragment {
  fragment: PulledFragment;
  change: "new" | "changed" | "unchanged";
}

export interface WrittenFragments {
  written: WrittenFragment[];
  /** Files that are recorded as published but are not among these fragments. */
  notPulled: string[];
}

/**
 * Writes each fragment to its file in a folder and records where it came from in the `sources.yaml`
 * next to that folder. Anything unchanged is left alone, including its date.
 *
 * @param day the day to record for changed fragments: `2026-11-22`.
 * @throws {InputError} if `sources.yaml` is invalid (nothing is written then) or a file cannot be
 * written.
 */
export async function writeFragments(
  fragments: readonly PulledFragment[],
  folder: string,
  day: string,
): Promise<WrittenFragments> {
  const sourcesFile = join(dirname(folder), "sources.yaml");
  const sources = await SourcesFile.read(sourcesFile);
  const written: WrittenFragment[] = [];
  let sourcesChanged = false;
  for (const fragment of fragments) {
    const { fileName, page } = fragment;
    const change = await writeIfChanged(join(folder, fileName), fragmentText(fragment));
    written.push({ fragment, change });
    if (change === "unchanged" && sources.isVerbatimFrom(fileName, page)) continue;
    sources.recordVerbatim(fileName, page, day);
    sourcesChanged = true;
  }
  if (sourcesChanged) await write(sourcesFile, sources.toString());
  const pulled = new Set(fragments.map(({ fileName }) => fileName));
  return {
    written,
    notPulled: sources.filesOfKind("verbatim").filter((name) => !pulled.has(name)),
  };
}

/**
 * The published text itself, so that a diff shows what the docs changed. JSON is converted to YAML.
 */
export function fragmentText({ source, document }: PulledFragment): string {
  const isJson = /^\s*\{/.test(source.text);
  return isJson ? toYamlText(document) : source.text;
}

async function writeIfChanged(file: string, text: string): Promise<WrittenFragment["change"]> {
  const before = await readSourceTextIfPresent(file);
  if (before?.text === text) return "unchanged";
  await write(file, text);
  return before ? "changed" : "new";
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFileAtomically(file, text);
  } catch (error) {
    throw new InputError(
      `${file}: cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`,
    );
  }
}
