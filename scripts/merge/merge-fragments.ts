import { InputError } from "../lib/input-error.js";
import type { JsonObject } from "../../src/openapi/json.js";
import type { SourceText } from "../lib/source-text.js";
import { assemble } from "./assemble.js";
import { collect } from "./collect.js";
import { explainConflicts, MergeConflictError } from "./conflicts.js";
import { explainVariants } from "./variant-warnings.js";

export interface MergeOptions {
  /**
   * Identifies fragments that were transcribed by hand. If only wording differs, the others win.
   */
  isTranscribed?: (source: SourceText) => boolean;
}

export interface MergeResult {
  /** An OpenAPI document, of the same version as the fragments. */
  document: JsonObject;
  /** One line for each thing that fragments say differently without contradicting each other. */
  warnings: string[];
}

/**
 * Merges OpenAPI fragments, each the text of a document with one operation, into one document. All
 * of them must be 3.0, or all 3.1, or all 3.2.
 *
 * Whatever fragments share must mean the same in all of them; the order of keys, `required`, `enum`
 * and security alternatives never matters. If only descriptions, summaries, titles, examples, links
 * to docs or code samples differ, the version of the first fragment is kept. Fragments are ordered
 * by name, transcribed ones last. The result does not depend on the order of `sources`, and each
 * operation keeps the security and the servers that it has in its fragment.
 *
 * @throws {MergeConflictError} if fragments contradict each other, with all their conflicts.
 * @throws {InputError} if single fragments are invalid, with all such problems, one per line.
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

/** The order of fragments; the first one that has an entry decides its wording. */
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

/** By code unit: the same on every machine, unlike the order of a locale. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
