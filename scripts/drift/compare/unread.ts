import { isObject, type JsonObject } from "../../../src/openapi/json.js";
import { HTTP_METHODS } from "../../../src/openapi/methods.js";
import { fromPointer, toPointer } from "../../../src/openapi/pointer.js";
import { targetOf } from "../../../src/openapi/schema-identifiers.js";
import { walkReferences } from "../../../src/openapi/walk.js";
import type { ApiDocument } from "../api-document.js";
import type { SchemaNode } from "../schemas/schema-node.js";
import { isDocsKey, type Differences } from "./change.js";

/** A place at which the JSON of two documents differs. */
interface Difference {
  path: string[];
  base: unknown;
  revision: unknown;
}

/**
 * Records what differs in the JSON of two documents, but has not been looked at: a part that no
 * comparison led to, though both documents refer to it. A component that nothing refers to may
 * differ: no operation has it. One that came or went with its only use was found there.
 */
export function compareUnread(differences: Differences, nodes: readonly SchemaNode[]): void {
  const { base, revision } = differences.documents;
  const found = placesFound(differences, nodes);
  const unread = [...unreadDifferences(base, revision)].filter(({ path }) => !found.covers(path));
  const isMentioned = mentionedIn(base, revision);
  for (const difference of unread) {
    const { path } = difference;
    if (path[0] === "components" && !isMentioned(path)) continue;
    const pointer = toPointer(path);
    const key = path.at(-1) ?? "";
    const isWords = path[1] === "examples" || path.includes("$defs") || isDocsKey(key);
    const places = {
      base: { pointer, value: difference.base },
      revision: { pointer, value: difference.revision },
    };
    const about = { operation: operationAt(path) };
    differences.add(isWords ? "docs-changed" : "unknown-changed", `${key} changed`, places, about);
  }
}

function operationAt([section, path, method]: string[]): string | undefined {
  const isMethod = HTTP_METHODS.some((name) => name === method);
  return section === "paths" && isMethod
    ? `${method?.toUpperCase() ?? ""} ${path ?? ""}`
    : undefined;
}

/** The places of what was found already, to ask whether one of them is above or below a place. */
function placesFound({ found }: Differences, nodes: readonly SchemaNode[]) {
  const places = new Set<string>();
  const above = new Set<string>();
  const changes = [...found.map(({ change }) => change), ...nodes.flatMap((node) => node.changes)];
  for (const { base, revision } of changes) {
    for (const { pointer } of [base, revision]) {
      places.add(pointer);
      for (let end = pointer.length; end > 0; end = pointer.lastIndexOf("/", end - 1))
        above.add(pointer.slice(0, end));
    }
  }
  return {
    covers(path: readonly string[]): boolean {
      const pointers = path.map((_, index) => toPointer(path.slice(0, index + 1)));
      return pointers.some((pointer) => places.has(pointer)) || above.has(pointers.at(-1) ?? "");
    },
  };
}

/** What differs at a place whose keys, on the side that has it, were not compared. */
function* unreadDifferences(base: ApiDocument, revision: ApiDocument): Generator<Difference> {
  type Step = Difference & { isRead: { base: boolean; revision: boolean } };
  const isRead = { base: false, revision: false };
  const todo: Step[] = [{ path: [], base: base.root, revision: revision.root, isRead }];
  for (let step = todo.pop(); step; step = todo.pop()) {
    if (step.base === step.revision) continue;
    const compared = {
      base: base.comparedOf(step.base),
      revision: revision.comparedOf(step.revision),
    };
    if (compared.base === "whole" && compared.revision === "whole") continue;
    const [left, right] = [membersOf(step.base), membersOf(step.revision)];
    if (!left || !right) {
      const isUnreadBase = step.base !== undefined && !step.isRead.base && !compared.base;
      const isUnreadRevision =
        step.revision !== undefined && !step.isRead.revision && !compared.revision;
      if (isUnreadBase || isUnreadRevision) yield step;
      continue;
    }
    // The items of a list belong to the object that has the list.
    const keep = isObject(step.base) && isObject(step.revision) ? undefined : step.isRead;
    const inner = keep ?? {
      base: compared.base !== undefined,
      revision: compared.revision !== undefined,
    };
    for (const key of new Set([...left.keys(), ...right.keys()])) {
      const path = [...step.path, key];
      todo.push({ path, base: left.get(key), revision: right.get(key), isRead: inner });
    }
  }
}

function membersOf(value: unknown): Map<string, unknown> | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  return new Map(Object.entries(value));
}

/** Tells whether each document refers to the component at a path, and not only from an unused one. */
function mentionedIn(...documents: ApiDocument[]): (path: readonly string[]) => boolean {
  let mentions: Set<string>[] | undefined;
  return (path) => {
    mentions ??= documents.map(({ root }) => mentionedComponents(root));
    return mentions.every((mentioned) => mentioned.has(componentOf(path)));
  };
}

/** `/components/schemas/Pet` of a path that leads into it; empty if it leads elsewhere. */
function componentOf(path: readonly string[]): string {
  return path[0] === "components" ? toPointer(path.slice(0, 3)) : "";
}

function mentionedComponents(root: JsonObject): Set<string> {
  const mentions = new Map<string, Set<string>>();
  walkReferences(root, ({ reference, path, keyword }) => {
    if (typeof reference !== "string") return;
    const isName = keyword === "mapping" && !reference.includes("#");
    const uri = isName ? `#/components/schemas/${reference}` : reference;
    const target = targetOf(root, uri, toPointer(path));
    const owner = componentOf(path);
    const named = mentions.get(owner) ?? new Set();
    mentions.set(owner, named.add(componentOf(fromPointer(target ?? ""))));
  });
  const seen = new Set([""]); // What is no component is used.
  for (const owner of seen) for (const target of mentions.get(owner) ?? []) seen.add(target);
  return seen;
}
