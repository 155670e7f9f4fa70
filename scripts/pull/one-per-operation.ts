import { isDeepStrictEqual } from "node:util";
import type { PulledFragment } from "./pull-pages.js";

/**
 * Keeps one fragment per file. Pages that carry the same fragment count as one; where they
 * contradict each other nothing tells which is right, so none is taken and all are named.
 */
export function onePerOperation(fragments: readonly PulledFragment[]) {
  const kept: PulledFragment[] = [];
  const contradictions: string[] = [];
  for (const [first, ...others] of groupByFile(fragments)) {
    const odd = others.find((other) => !isDeepStrictEqual(other.document, first.document));
    if (odd) contradictions.push(contradiction(first, odd));
    else kept.push(first);
  }
  return { fragments: kept, contradictions };
}

type Group = [PulledFragment, ...PulledFragment[]];

function groupByFile(fragments: readonly PulledFragment[]): Iterable<Group> {
  const groups = new Map<string, Group>();
  for (const fragment of fragments) {
    // Some file systems do not tell `A.yaml` from `a.yaml`.
    const key = fragment.fileName.toLowerCase();
    const group = groups.get(key);
    if (group) group.push(fragment);
    else groups.set(key, [fragment]);
  }
  return groups.values();
}

function contradiction(first: PulledFragment, odd: PulledFragment): string {
  const same = first.method === odd.method && first.path === odd.path;
  const problem = same
    ? `${odd.method} ${odd.path} differs from the one at ${placeOf(first)}`
    : `${odd.method} ${odd.path} and ${first.method} ${first.path} at ${placeOf(first)} would both be ${first.fileName}`;
  return `${placeOf(odd)}: ${problem}; neither was taken`;
}

/** The line of the block's opening fence. */
function placeOf({ source }: PulledFragment): string {
  return `${source.file}:${source.lineOffset}`;
}
