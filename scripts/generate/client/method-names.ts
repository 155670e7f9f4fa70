import type { JsonObject } from "../../../src/openapi/json.js";
import type { DocumentOperation } from "../../../src/openapi/operations.js";
import { basePathOf } from "../../../src/openapi/servers.js";
import { InputError } from "../../lib/input-error.js";
import type { Operation } from "../operation-list.js";
import type { NameEntry, NamesFile } from "./names-file.js";

/** Members of the client that are not groups, and names that every object already has. */
const RESERVED_GROUPS = new Set(["api", "download", "then", "constructor", "__proto__"]);
const RESERVED_METHODS = new Set(["then", "constructor", "__proto__"]);

/**
 * Whether the name of a method, with or without its group, is that of one that waits for what
 * another reads: `waitUntilReady`, or `waitUntilReadyV3` beside it.
 */
export function isWaiting(method: string): boolean {
  return /(?:^|\.)waitUntilReady(?=[A-Z]|$)/.test(method);
}

/**
 * Names the client method that calls each operation, by operation id: the name from its entry in
 * `names.yaml`, or else one derived from its path and HTTP method.
 *
 * @throws {InputError} if two operations would have the same method, with the line to add to
 *   `names.yaml`.
 */
export function methodNames(
  document: JsonObject,
  operations: readonly Operation[],
  names: NamesFile,
): Map<string, string> {
  const entries = entriesByOperation(document, operations, names.methods);
  const rule = namingRule(document, operations, names);
  const named = new Map<string, string>();
  const taken = new Map<string, Operation>();
  const problems: string[] = [];
  // Entries come first, so that a new operation never takes the name of one that has an entry.
  const inOrder = [...operations].sort((a, b) => Number(entries.has(b)) - Number(entries.has(a)));
  for (const operation of inOrder) {
    const entry = entries.get(operation);
    const name = entry ?? rule(operation);
    const other = taken.get(name);
    const [group = "", method = ""] = name.split(".");
    const isReserved =
      RESERVED_GROUPS.has(group) || RESERVED_METHODS.has(method) || isWaiting(method);
    if (other || isReserved) problems.push(clash(operation, name, other, names));
    taken.set(name, operation);
    named.set(operation.id, name);
  }
  if (problems.length > 0) throw new InputError(problems.join("\n"));
  return new Map(operations.map(({ id }) => [id, named.get(id) ?? ""]));
}

/**
 * Finds the entry of each operation: the one with its HTTP method and path template, regardless of
 * parameter names and of whether the base path belongs to the path or to the server; or else the
 * one with its `operationId`.
 */
export function entriesByOperation<One extends DocumentOperation>(
  document: JsonObject,
  operations: readonly One[],
  methods: Readonly<Record<string, NameEntry>>,
): Map<One, string> {
  const byOperation = new Map(
    Object.entries(methods).map(([name, { operation }]) => [anonymous(operation), name]),
  );
  const byId = new Map(
    Object.entries(methods).map(([name, { operationId }]) => [operationId, name]),
  );
  const found = new Map<One, string>();
  const used = new Set<string>();
  const match = (operation: One, name: string | undefined) => {
    if (name === undefined || found.has(operation) || used.has(name)) return;
    found.set(operation, name);
    used.add(name);
  };
  for (const operation of operations) {
    match(operation, byOperation.get(anonymous(signatureOf(document, operation))));
  }
  for (const operation of operations) {
    if (operation.operationId !== undefined) match(operation, byId.get(operation.operationId));
  }
  // In case the whole API has moved to another version, and took its operationIds along.
  const byUnversioned = new Map(
    Object.entries(methods).map(([name, { operation }]) => [unversioned(operation), name]),
  );
  const isMoved = onlyVersionOf(document, operations) !== undefined;
  for (const operation of isMoved ? operations : []) {
    match(operation, byUnversioned.get(unversioned(signatureOf(document, operation))));
  }
  return found;
}

/** The version of every operation, if there is only one: `v3`. */
export function onlyVersionOf(
  document: JsonObject,
  operations: readonly DocumentOperation[],
): string | undefined {
  const versions = operations.map((one) => versionOf(signatureOf(document, one).split("/")));
  const [only, ...others] = new Set(versions);
  return others.length === 0 ? only : undefined;
}

function versionOf(segments: readonly string[]): string | undefined {
  return segments.find((segment) => VERSION.test(segment));
}

/** `GET /v2/pikzonality/{id}` → `GET /pikzonality/{}`. */
function unversioned(signature: string): string {
  const segments = anonymous(signature).split("/");
  return segments.filter((segment) => segment !== versionOf(segments)).join("/");
}

/** HTTP method and full path of an operation, including the server's base path. */
export function signatureOf(document: JsonObject, { method, path }: DocumentOperation): string {
  return `${method.toUpperCase()} ${basePathOf(document)}${path}`;
}

/** `GET /v2/pikzonality/{id}`, or the same with a slash at its end → `GET /v2/pikzonality/{}`. */
function anonymous(signature: string): string {
  return signature.replaceAll(/\{[^{}]*\}/g, "{}").replace(/\/$/, "");
}

const VERSION = /^v\d+[\w.-]*$/i;
const PARAMETER = /[{}]/;

/**
 * Names an operation after its path: the first fixed segment gives the group, the rest the method.
 */
function namingRule(
  document: JsonObject,
  operations: readonly Operation[],
  { groups, version }: NamesFile,
): (operation: Operation) => string {
  const basePath = basePathOf(document).split("/").filter(Boolean);
  const segmentsOf = ({ path }: { path: string }) => [
    ...basePath,
    ...path.split("/").filter(Boolean),
  ];
  const versions = operations.map((operation) => versionOf(segmentsOf(operation)));
  // The document may be of another API, or without the version that was named.
  const mainVersion = versions.includes(version) ? version : mostFrequent(versions);
  const templates = new Set(operations.map(({ path }) => anonymous(path)));

  return (operation) => {
    const segments = segmentsOf(operation);
    const own = versionOf(segments);
    const fixed = segments
      .slice(own === undefined ? basePath.length : segments.indexOf(own) + 1)
      .filter((segment) => !PARAMETER.test(segment));
    const [first = "root", ...rest] = fixed;
    const group = Object.hasOwn(groups, first) ? groups[first] : camelCase(first);
    const isListed = templates.has(`${anonymous(operation.path)}/{}`);
    const verb = operation.method === "get" && isListed ? "list" : VERBS[operation.method];
    const suffix = own === undefined || own === mainVersion ? "" : capitalized(camelCase(own));
    return `${group ?? first}.${rest.length > 0 ? camelCase(rest.join(" ")) : verb}${suffix}`;
  };
}

const VERBS = {
  get: "get",
  post: "create",
  put: "replace",
  patch: "update",
  delete: "delete",
  head: "head",
  options: "options",
  trace: "trace",
};

/** `face-swap images` → `faceSwapImages`; always a valid identifier. */
function camelCase(text: string): string {
  const [first = "", ...rest] = text.split(/[^\p{ID_Continue}$]+|_+/u).filter(Boolean);
  const name = first.charAt(0).toLowerCase() + first.slice(1) + rest.map(capitalized).join("");
  return /^[\p{ID_Start}$]/u.test(name) ? name : `_${name}`;
}

export function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function mostFrequent(values: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string | undefined, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most?.[0];
}

function clash(
  operation: Operation,
  name: string,
  other: Operation | undefined,
  { source }: NamesFile,
): string {
  const signature = ({ method, path }: Operation) => `${method.toUpperCase()} ${path}`;
  const mine = signature(operation);
  const problem = other
    ? `${mine} and ${signature(other)} would both be ${name}`
    : `${mine} cannot be ${name}, which the client has already`;
  const [group = "", method = ""] = name.split(".");
  const free = RESERVED_GROUPS.has(group) ? `${group}2.${method}` : `${name}2`;
  const line = `  ${free}: { operation: ${mine}${operation.operationId ? `, operationId: ${operation.operationId}` : ""} }`;
  const file = source?.file ?? "names.yaml";
  return InputError.at(file, undefined, `${problem}; name it under methods:${line}`).message;
}
