import { InputError } from "../lib/input-error.js";
import type { SourceText } from "../lib/source-text.js";
import { relation } from "./compare.js";
import { partsOf, type Part } from "./parts.js";
import { readFragment } from "./read-fragment.js";

/** A part and the fragment whose version of it is kept. */
export interface OwnedPart {
  part: Part;
  owner: SourceText;
}

export interface United {
  parts: Map<string, OwnedPart>;
  /** Ids of the parts that the fragments do not agree on. */
  disputed: Set<string>;
  /** Id of each part that some fragments word differently, with those fragments. */
  reworded: Map<string, SourceText[]>;
  /** What is wrong with fragments by themselves, a message each. */
  problems: string[];
}

/**
 * Unites the parts of all fragments; of each part, the first fragment's version is kept.
 *
 * Nothing but those versions stays in memory, and no position is worked out: what is wrong is
 * only noted here, and explained by reading the fragments concerned once more.
 */
export function unite(sources: readonly SourceText[]): United {
  const united: United = {
    parts: new Map(),
    disputed: new Set(),
    reworded: new Map(),
    problems: [],
  };
  for (const source of sources) {
    const parts = tryToRead(source, united.problems);
    for (const part of parts) add(part, source, united);
  }
  return united;
}

function tryToRead(source: SourceText, problems: string[]): Part[] {
  try {
    return partsOf(readFragment(source));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.push(error.message);
    return [];
  }
}

function add(part: Part, source: SourceText, { parts, disputed, reworded }: United) {
  const kept = parts.get(part.id);
  if (!kept) {
    parts.set(part.id, { part, owner: source });
    return;
  }
  switch (part.isUnique ? "different" : relation(kept.part.value, part.value, part.role)) {
    case "different":
      disputed.add(part.id);
      break;
    case "reworded":
      reworded.set(part.id, [...(reworded.get(part.id) ?? []), source]);
      break;
    case "same":
      // Said beats implied, so that `security: []` stays in the merged document.
      if (kept.part.isImplied && !part.isImplied) parts.set(part.id, { part, owner: source });
  }
}
