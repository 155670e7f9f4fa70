import { InputError, type Position } from "../lib/input-error.js";
import { toPointer } from "../../src/openapi/pointer.js";
import { createLocator, type Locate } from "../lib/locate.js";
import type { SourceText } from "../lib/source-text.js";
import { differences, relation } from "./compare.js";
import { describeDifference, enumerate } from "./describe.js";
import { partsOf, type Part } from "./parts.js";
import { readFragment } from "./read-fragment.js";

export interface Place extends Position {
  file: string;
}

/** Fragments that cannot be united: what one says, another denies. */
export interface Conflict {
  /** What they disagree on: `component schemas/Error`, `operation GET /a`, `servers`. */
  part: string;
  /** JSON Pointer, in the odd fragment, to the deepest place that differs. */
  pointer: string;
  /** What stands there, and what elsewhere: `30 here, 25 at b.yaml:12:9`. */
  difference: string;
  /** The fragment that stands alone, or that comes later by name where none does. */
  odd: Place;
  /** The fragment it disagrees with; where more than two have the part, one of the majority. */
  other: Place;
  /** Files of further fragments that say the same as the odd one. */
  alsoIn: string[];
  /** How many more places of the part differ. */
  furtherDifferences: number;
}

/** The conflicts of a merge: its message has a line for each, `conflicts` tells programs. */
export class MergeConflictError extends InputError {
  constructor(readonly conflicts: Conflict[]) {
    super(conflicts.map(conflictLine).join("\n"));
  }
}

function conflictLine(conflict: Conflict): string {
  const { part, pointer, difference, odd, alsoIn, furtherDifferences } = conflict;
  const asides = [
    furtherDifferences > 0 ? `${furtherDifferences} more of its places differ` : "",
    alsoIn.length > 0 ? `the same in ${enumerate(alsoIn)}` : "",
  ].filter((aside) => aside !== "");
  const end = asides.length > 0 ? ` (${asides.join("; ")})` : "";
  return `${placeName(odd)}: conflict in ${part}: ${pointer}: ${difference}${end}`;
}

export function placeName({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

/** What one fragment says about a disputed part. */
interface Claim {
  part: Part;
  source: SourceText;
}

/**
 * Works out who disagrees with whom about the disputed parts, by reading the fragments once more.
 * Slow, so that uniting fragments that agree can be fast.
 *
 * @param sources in order of preference: where there is no majority, a later one is the odd one.
 */
export function explainConflicts(
  disputed: ReadonlySet<string>,
  sources: readonly SourceText[],
): Conflict[] {
  const locate = createLocator();
  return [...claimsOn(disputed, sources).values()].flatMap((claims) => {
    const [agreed, ...dissenting] = claims[0]?.part.isUnique ? queue(claims) : camps(claims);
    if (!agreed) return [];
    return dissenting.map((camp) => conflictBetween(camp, agreed[0], locate));
  });
}

function claimsOn(disputed: ReadonlySet<string>, sources: readonly SourceText[]) {
  const claims = new Map<string, Claim[]>([...disputed].map((id) => [id, []]));
  for (const source of sources) {
    for (const part of partsOf(readFragment(source))) claims.get(part.id)?.push({ part, source });
  }
  return claims;
}

/** Those that say the same about a part, first by preference; there is at least one. */
type Camp = [Claim, ...Claim[]];

/** Sorts claims into camps, the largest first; of equal ones the first by preference. */
function camps(claims: readonly Claim[]): Camp[] {
  const found: Camp[] = [];
  for (const claim of claims) {
    const camp = found.find(([leader]) => agrees(leader.part, claim.part));
    if (camp) camp.push(claim);
    else found.push([claim]);
  }
  return found.sort((a, b) => b.length - a.length);
}

function agrees({ value, role }: Part, other: Part): boolean {
  return relation(value, other.value, role) !== "different";
}

/** Of a part that only one fragment may have, all but the first are one camp: they came late. */
function queue([first, second, ...others]: readonly Claim[]): Camp[] {
  return first && second ? [[first], [second, ...others]] : [];
}

function conflictBetween([odd, ...others]: Camp, agreed: Claim, locate: Locate): Conflict {
  const found = odd.part.isUnique
    ? []
    : differences(agreed.part.value, odd.part.value, odd.part.role).filter(({ isNote }) => !isNote);
  const [first] = found;
  const path = first?.path ?? [];
  const other = placeOf(agreed, path, locate);
  return {
    part: odd.part.id,
    pointer: toPointer([...odd.part.path, ...path]),
    difference: first
      ? describeDifference(first.right, first.left, placeName(other))
      : `declared here and at ${placeName(other)}`,
    odd: placeOf(odd, path, locate),
    other,
    alsoIn: others.map(({ source }) => source.file),
    furtherDifferences: Math.max(0, found.length - 1),
  };
}

function placeOf({ part, source }: Claim, path: string[], locate: Locate): Place {
  return { file: source.file, ...locate(source, toPointer([...part.path, ...path])) };
}
