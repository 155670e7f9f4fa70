import { InputError, type Position } from "../lib/input-error.js";
import { toPointer } from "../../src/openapi/pointer.js";
import { createLocator, type Locate } from "../lib/locate.js";
import type { SourceText } from "../lib/source-text.js";
import type { Occurrence } from "./collect.js";
import { differences, relation } from "./compare.js";
import { describeDifference, enumerate } from "./describe.js";
import { entriesOf } from "./entries.js";
import { readFragment } from "./read-fragment.js";

export interface Place extends Position {
  file: string;
}

/** Fragments that cannot be merged because one contradicts the other. */
export interface Conflict {
  /** What they disagree on: `component schemas/Error`, `operation GET /a`, `servers`. */
  subject: string;
  /** JSON Pointer, in the odd fragment, to the deepest location that differs. */
  pointer: string;
  /** The values there and elsewhere: `30 here, 25 at b.yaml:12:9`. */
  difference: string;
  /**
   * The fragment that differs from all others or, if there is no such fragment, the one that comes
   * later by name.
   */
  odd: Place;
  /** The fragment that it disagrees with: one of the majority, if there is one. */
  other: Place;
  /** The files of other fragments that agree with the odd one. */
  alsoIn: string[];
  /** How many other locations differ. */
  furtherDifferences: number;
  /** What a person can do about it, if known. */
  advice?: string;
}

/** The conflicts of a merge. The message has a line for each; programs can read `conflicts`. */
export class MergeConflictError extends InputError {
  constructor(readonly conflicts: Conflict[]) {
    super(conflicts.map(conflictLine).join("\n"));
  }
}

function conflictLine(conflict: Conflict): string {
  const { subject, pointer, difference, odd, alsoIn, furtherDifferences, advice } = conflict;
  const asides = [
    furtherDifferences > 0 ? `${furtherDifferences} more of its places differ` : "",
    alsoIn.length > 0 ? `the same in ${enumerate(alsoIn)}` : "",
    advice ?? "",
  ].filter((aside) => aside !== "");
  const end = asides.length > 0 ? ` (${asides.join("; ")})` : "";
  return `${placeName(odd)}: conflict in ${subject}: ${pointer}: ${difference}${end}`;
}

export function placeName({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

/**
 * Works out which fragments disagree, by parsing them again. This is slow, so that merging
 * fragments that agree can be fast.
 *
 * @param sources in order of preference: without a majority, a later one is the odd one.
 */
export function explainConflicts(
  contradicted: ReadonlySet<string>,
  sources: readonly SourceText[],
): Conflict[] {
  const locate = createLocator();
  return [...occurrencesOf(contradicted, sources).values()].flatMap((occurrences) => {
    const isUnique = occurrences[0]?.entry.isUnique === true;
    const groups = isUnique ? firstAndLater(occurrences) : groupByValue(occurrences);
    const [agreed, ...dissenting] = groups;
    if (!agreed) return [];
    return dissenting.map((group) => conflictBetween(group, agreed[0], locate));
  });
}

function occurrencesOf(ids: ReadonlySet<string>, sources: readonly SourceText[]) {
  const occurrences = new Map<string, Occurrence[]>([...ids].map((id) => [id, []]));
  for (const source of sources) {
    for (const entry of entriesOf(readFragment(source))) {
      occurrences.get(entry.id)?.push({ entry, source });
    }
  }
  return occurrences;
}

/** Occurrences that agree, in order of preference; there is at least one. */
type Group = [Occurrence, ...Occurrence[]];

/** Groups occurrences that agree, largest group first; groups of equal size by preference. */
function groupByValue(occurrences: readonly Occurrence[]): Group[] {
  const groups: Group[] = [];
  for (const occurrence of occurrences) {
    const group = groups.find(([first]) => isSame(first, occurrence));
    if (group) group.push(occurrence);
    else groups.push([occurrence]);
  }
  return groups.sort((a, b) => b.length - a.length);
}

function isSame({ entry }: Occurrence, other: Occurrence): boolean {
  return relation(entry.value, other.entry.value, entry.kind) !== "different";
}

/** Only one fragment may have a unique entry: all later ones conflict with the first. */
function firstAndLater([first, second, ...others]: readonly Occurrence[]): Group[] {
  return first && second ? [[first], [second, ...others]] : [];
}

function conflictBetween([odd, ...others]: Group, agreed: Occurrence, locate: Locate): Conflict {
  const { entry } = odd;
  const found = entry.isUnique
    ? []
    : differences(agreed.entry.value, entry.value, entry.kind).filter(({ isNote }) => !isNote);
  const [first] = found;
  const path = first?.path ?? [];
  const other = placeOf(agreed, path, locate);
  const advice = adviceOn(odd, agreed);
  return {
    subject: entry.title ?? entry.id,
    pointer: toPointer([...entry.path, ...path]),
    difference: first
      ? describeDifference(first.right, first.left, placeName(other))
      : `declared here and at ${placeName(other)}`,
    odd: placeOf(odd, path, locate),
    other,
    alsoIn: others.map(({ source }) => source.file),
    furtherDifferences: Math.max(0, found.length - 1),
    ...(advice === undefined ? {} : { advice }),
  };
}

function placeOf({ entry, source }: Occurrence, path: string[], locate: Locate): Place {
  return { file: source.file, ...locate(source, toPointer([...entry.path, ...path])) };
}

function adviceOn(odd: Occurrence, agreed: Occurrence): string | undefined {
  const [here, there] = [odd.source.document, agreed.source.document];
  if (here !== there && here !== undefined && there !== undefined) {
    return `this one was cut from ${here}, the other from ${there}: merge one document at a time`;
  }
  if (odd.entry.id !== "openapi") return undefined;
  return "the same words mean other things in these versions: pull all fragments in one of them";
}
