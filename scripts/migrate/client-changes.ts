import type { JsonObject } from "../../src/openapi/json.js";
import { kebabCase } from "../../src/cli/operations/kebab-case.js";
import {
  errorCodesOf,
  isWaiting,
  typePrefix,
  waitingMethods,
  type Operation,
} from "../generate/index.js";
import { requestChange, type RequestChange } from "./request-change.js";

/** The client that is generated from a document. */
export interface ClientVersion {
  document: JsonObject;
  /** The operation that each method calls, by the method's name: `group.method`. */
  methods: ReadonlyMap<string, Operation>;
}

/** What a new version of the client requires of the programs that call it. */
export interface ClientChanges {
  before: ClientVersion;
  after: ClientVersion;
  /** The removed methods, with the operations they called. */
  gone: ReadonlyMap<string, Operation>;
  /** Methods, their types, operationIds and paths that have a new name: old → new. */
  renamed: ReadonlyMap<string, string>;
  /** How requests differ, by the method's old name; only those that do. */
  requests: ReadonlyMap<string, RequestChange>;
  /** Matches any name that programs, commands and sentences use for something removed. */
  mention: RegExp;
  /** Matches the error codes that were removed. */
  goneCode: RegExp;
}

/** Compares two clients from the point of view of programs. */
export function clientChanges(before: ClientVersion, after: ClientVersion): ClientChanges {
  const [old, next] = [withWaiting(before), withWaiting(after)];
  const gone = new Map<string, Operation>();
  const renamed = new Map<string, string>();
  const requests = new Map<string, RequestChange>();
  for (const [name, operation] of old.methods) {
    const newName = next.methods.has(name) ? name : nameOf(next, operation);
    const newOperation = next.methods.get(newName ?? "");
    if (newName === undefined || newOperation === undefined) {
      gone.set(name, operation);
      continue;
    }
    if (newName !== name) {
      renamed.set(name, newName);
      for (const type of TYPES) renamed.set(typePrefix(name) + type, typePrefix(newName) + type);
    }
    if (newOperation.id !== operation.id) renamed.set(operation.id, newOperation.id);
    if (newOperation.path !== operation.path) renamed.set(operation.path, newOperation.path);
    // It takes options of its own.
    if (isWaiting(name)) continue;
    const change = requestChange(
      { document: before.document, operation },
      { document: after.document, operation: newOperation },
    );
    if (change) requests.set(name, change);
  }
  const codes = errorCodesOf(after.document);
  const goneCodes = errorCodesOf(before.document).filter((code) => !codes.includes(code));
  return {
    before: old,
    after: next,
    gone,
    renamed,
    requests,
    mention: anyOf([...gone].flatMap(([name, operation]) => mentions(name, operation, next))),
    goneCode: anyOf(goneCodes.map((code) => word(code))),
  };
}

/** `waitUntilReady` is a method too, of the operation that it polls. */
function withWaiting({ document, methods }: ClientVersion): ClientVersion {
  const all = new Map(methods);
  const names = new Map([...methods].map(([name, { id }]) => [id, name]));
  const waiting = waitingMethods(document, [...methods.values()], names);
  for (const operation of methods.values()) {
    const name = waiting.get(operation.id);
    if (name !== undefined) all.set(name, operation);
  }
  return { document, methods: all };
}

/** The current name of an operation's method, if the method was renamed. */
function nameOf({ methods }: ClientVersion, { id, method, path }: Operation): string | undefined {
  const found = [...methods].find(
    ([, one]) => one.id === id || (one.method === method && one.path === path),
  );
  return found?.[0];
}

const TYPES = ["Body", "Query", "Headers", "Response", "Operation"];

/** Every way to refer to a removed method, as parts of a pattern. */
function mentions(name: string, { id, method, path }: Operation, next: ClientVersion): string[] {
  const [group = "", own = ""] = name.split(".");
  const operations = [...next.methods.values()];
  const isPathGone = !operations.some((one) => one.path === path);
  const isOperationGone = !operations.some((one) => one.path === path && one.method === method);
  return [
    word(name),
    ...TYPES.map((type) => word(typePrefix(name) + type)),
    // A command: options of the program may precede it.
    `pikzels-client(?: -\\S+)* ${literally(kebabCase(group))} ${literally(kebabCase(own))}(?![\\w-])`,
    ...(isOperationGone ? [word(id)] : []),
    ...(isOperationGone ? [`\\.${method.toUpperCase()}\\(\\s*"${literally(path)}"`] : []),
    ...(isPathGone ? [`(?<![\\w/])${literally(path)}(?![\\w/{])`] : []),
  ];
}

/** Replaces every renamed name in a text. */
export function withNewNames(text: string, { renamed }: ClientChanges): string {
  if (renamed.size === 0) return text;
  const longestFirst = [...renamed.keys()].sort((a, b) => b.length - a.length);
  const names = new RegExp(
    `(?<![\\w/])(?:${longestFirst.map(literally).join("|")})(?![\\w/{])`,
    "g",
  );
  return text.replaceAll(names, (name) => renamed.get(name) ?? name);
}

function word(text: string): string {
  return `(?<![\\w])${literally(text)}(?![\\w])`;
}

function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

function anyOf(patterns: readonly string[]): RegExp {
  return new RegExp(patterns.length > 0 ? patterns.join("|") : "(?!)");
}
