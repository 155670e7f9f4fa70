import { InputError } from "../lib/input-error.js";
import type { JsonObject } from "../../src/openapi/json.js";
import type { SourceText } from "../lib/source-text.js";
import { assemble } from "./assemble.js";
import { collect } from "./collect.js";
import { explainConflicts, MergeConflictError } from "./conflicts.js";
import { explainVariants } from "./variant-warnings.js";

export interface MergeOptions {
  /** Tells fragments that were written down by hand; if words differ, the others' are used. */
  isTranscribed?: (source: SourceText) => boolean;
}

export interface MergeResult {
  /** An OpenAPI document of the fragments' version. */
  document: JsonObject;
  /** A line for each thing that fragments say differently without contradicting each other. */
  warnings: string[];
}

/**
 * Merges OpenAPI fragments, each the text of a document with one operation, into one document. All
 * of them are 3.0, or all 3.1, or all 3.2.
 *
 * What fragments share has to mean the same in all of them; the order of keys, `required`, `enum`
 * and security alternatives never matters. If only descriptions, summaries, titles, examples,
 * links to docs or code samples differ, the first fragment's are kept: by name, and those that are
 * not transcribed before those that are. The result is the same whatever the order of `sources`,
 * and each operation has the security and the servers that it has in its fragment.
 *
 * @throws {MergeConflictError} if fragments contradict each other, with all their conflicts.
 * @throws {InputError} if a fragment is broken by itself, with all such problems, one a line.
 * @example
 * const { announced } = openApiBlocks({ file: "create.md", text, lineOffset: 0 });
 * const { document } = mergeFragments(announced.map(({ source }) => source));
 */
export function mergeFragments(
  sources: readonly SourceText[],
  { isTranscribed = () => false }: MergeOptions = {},
): MergeResult {
  if (sources.length === 0) throw new InputError("there are no fragments to merge");
  const preferred = inOrderOfPreference(sources, isTranscribed);
  const { kept, contradicted, variants, problems } = collect(preferred);
  if (problems.length > 0) throw new InputError(problems.join("\n"));
  if (contradicted.size > 0)
    throw new MergeConflictError(explainConflicts(contradicted, preferred));
  return {
    document: assemble([...kept.values()].map(({ entry }) => entry)),
    warnings: explainVariants(variants, kept),
  };
}

/** The order in which the first fragment that has an entry decides how it is worded. */
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
