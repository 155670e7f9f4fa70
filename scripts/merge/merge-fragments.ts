import { InputError } from "../lib/input-error.js";
import type { JsonObject } from "../../src/openapi/json.js";
import type { SourceText } from "../lib/source-text.js";
import { assemble } from "./assemble.js";
import { explainConflicts, MergeConflictError } from "./conflicts.js";
import { explainRewordings } from "./rewordings.js";
import { unite } from "./unite.js";

export interface MergeOptions {
  /** Tells fragments that were written down by hand; where words differ, the others' are used. */
  isTranscribed?: (source: SourceText) => boolean;
}

export interface MergeResult {
  /** An OpenAPI 3.0 document. */
  document: JsonObject;
  /** A line for each part that fragments agree on, but word differently. */
  warnings: string[];
}

/**
 * Merges OpenAPI 3.0 fragments, each the text of a document with one operation, into one document.
 *
 * What fragments share has to mean the same in all of them; the order of keys, `required`, `enum`
 * and security alternatives never matters. Where only descriptions, summaries, titles, examples,
 * links to docs or code samples differ, the first fragment's are kept: by name, and those that are
 * not transcribed before those that are. The result is the same whatever the order of `sources`,
 * and each operation has the security and the servers that it has in its fragment.
 *
 * @throws {MergeConflictError} when fragments contradict each other, with all their conflicts.
 * @throws {InputError} when a fragment is broken by itself, with all such problems, one a line.
 * @example
 * const page = { file: "create.md", text, lineOffset: 0 };
 * const { document } = mergeFragments(openApiBlocks(page).map(({ source }) => source));
 */
export function mergeFragments(
  sources: readonly SourceText[],
  { isTranscribed = () => false }: MergeOptions = {},
): MergeResult {
  if (sources.length === 0) throw new InputError("there are no fragments to merge");
  const preferred = inOrderOfPreference(sources, isTranscribed);
  const { parts, disputed, reworded, problems } = unite(preferred);
  if (problems.length > 0) throw new InputError(problems.join("\n"));
  if (disputed.size > 0) throw new MergeConflictError(explainConflicts(disputed, preferred));
  return {
    document: assemble([...parts.values()].map(({ part }) => part)),
    warnings: explainRewordings(reworded, parts),
  };
}

/** The order in which the first fragment that has a part decides how it is worded. */
function inOrderOfPreference(
  sources: readonly SourceText[],
  isTranscribed: (source: SourceText) => boolean,
): SourceText[] {
  return sources
    .map((source) => ({ source, rank: isTranscribed(source) ? 1 : 0 }))
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        compareText(a.source.file, b.source.file) ||
        a.source.lineOffset - b.source.lineOffset,
    )
    .map(({ source }) => source);
}

/** By code unit: the same on every machine, unlike a locale's order. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
