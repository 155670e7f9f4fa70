import { holdSameValues } from "../../src/openapi/equality.js";
import { isObject, type JsonObject } from "../../src/openapi/json.js";
import { kindOf, kindOfItem, type KeywordKind } from "../../src/openapi/keyword-kinds.js";

/** A location where two values differ; `undefined` stands for a missing value. */
export interface Difference {
  /** Keys from the compared values to the deepest location that differs. */
  path: string[];
  left: unknown;
  right: unknown;
  /** Only text for people differs there: descriptions, examples, code samples. */
  isNote: boolean;
}

/** Called for each difference. `path` is only valid during the call: copy it to keep it. */
type Report = (path: readonly string[], left: unknown, right: unknown, kind: KeywordKind) => void;

/**
 * Walks two values of an OpenAPI document side by side and reports every difference. The order of
 * keys never matters, and neither does the order of lists that are sets.
 */
function compare(
  left: unknown,
  right: unknown,
  kind: KeywordKind,
  report: Report,
  path: string[] = [],
): void {
  if (left === right) return;
  if (Array.isArray(left) && Array.isArray(right)) {
    compareLists(left, right, kind, report, path);
  } else if (isObject(left) && isObject(right)) {
    compareObjects(left, right, kind, report, path);
  } else {
    report(path, left, right, kind);
  }
}

function compareObjects(
  left: JsonObject,
  right: JsonObject,
  kind: KeywordKind,
  report: Report,
  path: string[],
) {
  // Own keys only: a document may name a property "constructor".
  for (const key of Object.keys(left)) {
    path.push(key);
    if (Object.hasOwn(right, key)) {
      compare(left[key], right[key], kindOf(key, kind), report, path);
    } else {
      report(path, left[key], undefined, kindOfPresence(key, kind));
    }
    path.pop();
  }
  for (const key of Object.keys(right)) {
    if (Object.hasOwn(left, key)) continue;
    path.push(key);
    report(path, undefined, right[key], kindOfPresence(key, kind));
    path.pop();
  }
}

/** The content of a label is text for people; its presence is not. */
function kindOfPresence(key: string, parent: KeywordKind): KeywordKind {
  return parent === "labels" ? parent : kindOf(key, parent);
}

function compareLists(
  left: unknown[],
  right: unknown[],
  kind: KeywordKind,
  report: Report,
  path: string[],
) {
  if (kind === "set") {
    if (!holdSameValues(left, right)) report(path, left, right, kind);
    return;
  }
  if (left.length !== right.length) {
    report(path, left, right, kind);
    return;
  }
  for (const [index, item] of left.entries()) {
    path.push(String(index));
    compare(item, right[index], kindOfItem(kind), report, path);
    path.pop();
  }
}

export type Relation = "same" | "reworded" | "different";

/** How two values relate: the same, the same except for text for people, or different. */
export function relation(left: unknown, right: unknown, kind: KeywordKind): Relation {
  const found = { note: false, meaning: false };
  compare(left, right, kind, (_path, _left, _right, differing) => {
    found[differing === "note" ? "note" : "meaning"] = true;
  });
  if (found.meaning) return "different";
  return found.note ? "reworded" : "same";
}

/** Every difference between two values, in document order. */
export function differences(left: unknown, right: unknown, kind: KeywordKind): Difference[] {
  const found: Difference[] = [];
  compare(left, right, kind, (path, leftValue, rightValue, differing) => {
    found.push({
      path: [...path],
      left: leftValue,
      right: rightValue,
      isNote: differing === "note",
    });
  });
  return found;
}
