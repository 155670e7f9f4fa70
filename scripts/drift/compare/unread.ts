import { isObject, objectAt, type JsonObject } from "../../../src/openapi/json.js";
import { isHttpMethod } from "../../../src/openapi/methods.js";
import { fromPointer, toPointer } from "../../../src/openapi/pointer.js";
import { targetOf } from "../../../src/openapi/schema-identifiers.js";
import { walkReferences } from "../../../src/openapi/walk.js";
import type { ApiDocument } from "../api-document.js";
import type { SchemaNode } from "../schemas/schema-node.js";
import { isDocsKey, type Differences } from "./change.js";

/** A location where the JSON of two documents differs. */
interface Difference {
  path: string[];
  base: unknown;
  revision: unknown;
}

/**
 * Records differences in the JSON of two documents that nothing has looked at: parts that both
 * documents refer to, but that no comparison reached. A component without references may differ,
 * because no operation uses it. A component that was added or removed with its only use has been
 * found there.
 */
export function compareUnread(differences: Differences, nodes: readonly SchemaNode[]): void {
  const { base, revision } = differences.documents;
  const found = placesFound(differences, nodes);
  const unread = [...unreadDifferences(base, revision)].filter(({ path }) => !found.covers(path));
  const users = { base: usersIn(base.root), revision: usersIn(revision.root) };
  for (const difference of unread) {
    const { path } = difference;
    const [ours, theirs] = [users.base(path), users.revision(path)];
    if (path[0] === "components" && (ours.size === 0 || theirs.size === 0)) continue;
    const pointer = toPointer(path);
    const key = path.at(-1) ?? "";
    const isWords = path[1] === "examples" || path.includes("$defs") || isDocsKey(key);
    const rule = isWords ? "docs-changed" : "unknown-changed";
    const places = {
      base: { pointer, value: difference.base },
      revision: { pointer, value: difference.revision },
    };
    const operations = new Set([...ours, ...theirs].filter((user) => user !== THE_REST));
    for (const operation of operations.size > 0 ? operations : [undefined])
      differences.add(rule, `${key} changed`, places, { operation });
  }
}

/** Locations of what has been found, to check whether one of them is above or below a location. */
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

/** The differences at locations that were not compared on a side that has them. */
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

/** What uses a part of a document without being an operation: `security` at its root. */
const THE_REST = "";

/**
 * Tells which operations contain a path, or use the component that contains it. A component that
 * only unused ones refer to has no users.
 */
function usersIn(root: JsonObject): (path: readonly string[]) => ReadonlySet<string> {
  let references: Map<string, Set<string>> | undefined;
  return (path) => {
    const users = new Set<string>();
    const owners = new Set(ownersOf(root, path));
    for (const owner of owners) {
      if (!owner.startsWith(COMPONENTS)) {
        users.add(owner);
        continue;
      }
      references ??= referencesTo(root);
      for (const referring of references.get(owner) ?? []) owners.add(referring);
    }
    return users;
  };
}

/** For each component, the parts that refer to it. */
function referencesTo(root: JsonObject): Map<string, Set<string>> {
  const references = new Map<string, Set<string>>();
  walkReferences(root, ({ reference, path, keyword }) => {
    if (typeof reference !== "string") return;
    const isName = keyword === "mapping" && !reference.includes("#");
    const uri = isName ? `#/components/schemas/${reference}` : reference;
    const target = fromPointer(targetOf(root, uri, toPointer(path)) ?? "");
    for (const component of ownersOf(root, target)) {
      const owners = references.get(component) ?? new Set();
      references.set(component, owners);
      for (const owner of ownersOf(root, path)) owners.add(owner);
    }
  });
  return references;
}

const COMPONENTS = "/components/";

/**
 * `/components/schemas/Pet`, or the operations of a path or webhook, or the rest of the document.
 */
function ownersOf(root: JsonObject, path: readonly string[]): string[] {
  const [section = "", name = "", method = ""] = path;
  if (section === "components") return [toPointer(path.slice(0, 3))];
  if (section === "webhooks") return [`webhook ${name}`];
  if (section !== "paths") return [THE_REST];
  const methods = isHttpMethod(method) ? [method] : Object.keys(objectAt(root, "paths", name));
  return methods.filter(isHttpMethod).map((key) => `${key.toUpperCase()} ${name}`);
}
