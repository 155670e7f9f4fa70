import { InputError } from "../lib/input-error.js";
import type { SourceText } from "../lib/source-text.js";
import { relation, type Relation } from "./compare.js";
import { entriesOf, type Entry } from "./entries.js";
import { readFragment } from "./read-fragment.js";

/** An entry and the fragment that it comes from. */
export interface Occurrence {
  entry: Entry;
  source: SourceText;
}

export interface Collected {
  /** The first fragment's version of each entry, by the entry's id. */
  kept: Map<string, Occurrence>;
  /** Ids of the entries on which fragments contradict each other. */
  contradicted: Set<string>;
  /** By the entry's id, the versions that differ from the kept one without contradicting it. */
  variants: Map<string, Occurrence[]>;
  /** Problems within single fragments, one message each. */
  problems: string[];
}

/**
 * Collects the entries of all fragments. Only the kept versions stay in memory, and no positions
 * are tracked: to explain a disagreement, the fragments involved are parsed again.
 */
export function collect(sources: readonly SourceText[]): Collected {
  const collected: Collected = {
    kept: new Map(),
    contradicted: new Set(),
    variants: new Map(),
    problems: [],
  };
  for (const source of sources) {
    for (const entry of readEntries(source, collected.problems)) {
      add({ entry, source }, collected);
    }
  }
  return collected;
}

function readEntries(source: SourceText, problems: string[]): Entry[] {
  try {
    return entriesOf(readFragment(source));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.push(error.message);
    return [];
  }
}

function add(occurrence: Occurrence, { kept, contradicted, variants }: Collected): void {
  const { entry } = occurrence;
  const first = kept.get(entry.id);
  if (!first) {
    kept.set(entry.id, occurrence);
    return;
  }
  switch (relationOf(first.entry, entry)) {
    case "different":
      contradicted.add(entry.id);
      break;
    case "reworded":
      variants.set(entry.id, [...(variants.get(entry.id) ?? []), occurrence]);
      break;
    case "same":
      // Explicit wins over implied, so that `security: []` stays in the merged document.
      if (first.entry.isImplied && !entry.isImplied) kept.set(entry.id, occurrence);
  }
}

function relationOf(kept: Entry, entry: Entry): Relation {
  if (entry.isUnique) return "different";
  const found = relation(kept.value, entry.value, entry.kind);
  return found === "different" && entry.mayDiffer ? "reworded" : found;
}
