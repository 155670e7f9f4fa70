import { isObject, type JsonObject } from "../../src/openapi/json.js";
import { roleOf, type Role } from "./roles.js";

/** One place where two values differ; `undefined` stands for a value that is not there. */
export interface Difference {
  /** Keys from the compared values down to the place, as deep as it goes. */
  path: string[];
  left: unknown;
  right: unknown;
  /** Only words for people differ there: descriptions, examples, code samples. */
  isNote: boolean;
}

/** Called at each difference. `path` is only valid during the call: copy it to keep it. */
type Report = (path: readonly string[], left: unknown, right: unknown, role: Role) => void;

/**
 * Walks two values of an OpenAPI document side by side and reports where their meaning differs.
 * The order of keys never matters, nor does the order of lists that are sets.
 */
function compare(
  left: unknown,
  right: unknown,
  role: Role,
  report: Report,
  path: string[] = [],
): void {
  if (left === right) return;
  if (Array.isArray(left) && Array.isArray(right)) {
    compareLists(left, right, role, report, path);
  } else if (isObject(left) && isObject(right)) {
    compareObjects(left, right, role, report, path);
  } else {
    report(path, left, right, role);
  }
}

function compareObjects(
  left: JsonObject,
  right: JsonObject,
  role: Role,
  report: Report,
  path: string[],
) {
  // Own keys only: a document may well name a property "constructor".
  for (const key of Object.keys(left)) {
    path.push(key);
    if (Object.hasOwn(right, key)) {
      compare(left[key], right[key], roleOf(key, role), report, path);
    } else {
      report(path, left[key], undefined, roleOfPresence(key, role));
    }
    path.pop();
  }
  for (const key of Object.keys(right)) {
    if (Object.hasOwn(left, key)) continue;
    path.push(key);
    report(path, undefined, right[key], roleOfPresence(key, role));
    path.pop();
  }
}

/** What a label says is words for people; that there is one is not. */
function roleOfPresence(key: string, parent: Role): Role {
  return parent === "labels" ? parent : roleOf(key, parent);
}

function compareLists(
  left: unknown[],
  right: unknown[],
  role: Role,
  report: Report,
  path: string[],
) {
  if (role === "set") {
    if (!isSameSet(left, right)) report(path, left, right, role);
    return;
  }
  if (left.length !== right.length) {
    report(path, left, right, role);
    return;
  }
  // `parameters` is a map in components and a list elsewhere: the items of a list have no names.
  const itemRole = role === "names" ? "spec" : role;
  for (const [index, item] of left.entries()) {
    path.push(String(index));
    compare(item, right[index], itemRole, report, path);
    path.pop();
  }
}

function isSameSet(left: unknown[], right: unknown[]): boolean {
  if (left.length === right.length && left.every((item, index) => item === right[index])) {
    return true;
  }
  return missingFrom(left, right).length === 0 && missingFrom(right, left).length === 0;
}

/** The items of `list` that `other` lacks, whatever the order of either. */
export function missingFrom(other: unknown[], list: unknown[]): unknown[] {
  const known = new Set(other.map(canonical));
  return list.filter((item) => !known.has(canonical(item)));
}

/** A text that two JSON values share exactly when they are equal, key order aside. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isObject(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

export type Relation = "same" | "reworded" | "different";

/** How two values relate: the same, the same but for words for people, or different. */
export function relation(left: unknown, right: unknown, role: Role): Relation {
  const found = { note: false, meaning: false };
  compare(left, right, role, (_path, _left, _right, where) => {
    found[where === "note" ? "note" : "meaning"] = true;
  });
  if (found.meaning) return "different";
  return found.note ? "reworded" : "same";
}

/** Every difference of two values, in document order. */
export function differences(left: unknown, right: unknown, role: Role): Difference[] {
  const found: Difference[] = [];
  compare(left, right, role, (path, leftValue, rightValue, where) => {
    found.push({ path: [...path], left: leftValue, right: rightValue, isNote: where === "note" });
  });
  return found;
}
