import { jsonEquals } from "../../src/openapi/equality.js";
import { announcedTitle } from "../lib/openapi-block.js";
import { fragmentName } from "./fragment-name.js";
import type { PulledFragment } from "./page-report.js";

/**
 * Keeps one fragment per operation. Pages with the same fragment count as one. If they contradict
 * each other, there is no way to tell which is right, so none is taken and all are named.
 */
export function uniqueFragments(fragments: readonly PulledFragment[]) {
  const kept: PulledFragment[] = [];
  const contradictions: string[] = [];
  const groups = groupBy(fragments, ({ announced }) => announcedTitle(announced));
  for (const [first, ...others] of groups) {
    const odd = others.find((other) => !jsonEquals(other.document, first.document));
    if (odd) contradictions.push(contradiction(first, odd));
    else kept.push(first);
  }
  return { fragments: withDistinctNames(kept), contradictions };
}

/** Operations whose paths differ only in punctuation would share a file; each gets its own. */
function withDistinctNames(fragments: readonly PulledFragment[]): PulledFragment[] {
  // Some file systems do not distinguish `A.yaml` from `a.yaml`.
  const groups = groupBy(fragments, ({ fileName }) => fileName.toLowerCase());
  const isTaken = new Set(groups.filter(({ length }) => length > 1).flat());
  return fragments.map((fragment) =>
    isTaken.has(fragment)
      ? { ...fragment, fileName: fragmentName(fragment.announced, true) }
      : fragment,
  );
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string) {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups.values()];
}

function contradiction(first: PulledFragment, odd: PulledFragment): string {
  const title = announcedTitle(odd.announced);
  return `${placeOf(odd)}: ${title} differs from the one at ${placeOf(first)}; neither was taken`;
}

/** The line of the block's opening fence. */
function placeOf({ source }: PulledFragment): string {
  return `${source.file}:${source.lineOffset}`;
}
