import { isHttpMethod } from "../../src/openapi/methods.js";
import { isObject, objectAt, type JsonObject } from "../../src/openapi/json.js";
import type { KeywordKind } from "../../src/openapi/keyword-kinds.js";
import { fromPointer, toPointer } from "../../src/openapi/pointer.js";
import { walkReferences } from "../../src/openapi/walk.js";
import { operationTitle } from "./fragment-problems.js";
import type { Fragment, FragmentOperation } from "./fragment.js";

/** What a merged document is put together from; fragments agree on it or are in conflict. */
export interface Entry {
  /**
   * What the entry is called in every fragment, and in messages: `component schemas/Error`. Two
   * fragments that both have it must mean the same by it.
   */
  id: string;
  /** What messages call it, if that is more than its id says. */
  title?: string;
  /** Keys to the entry in its own fragment. */
  path: string[];
  value: unknown;
  kind: KeywordKind;
  /** Where it goes in the merged document; an entry without a target only has to be agreed on. */
  target?: string[];
  /** `value` is what a path item says of all its operations, which are entries of their own. */
  isPathItem?: true;
  /** Only one fragment may have it, even if both say the same. */
  isUnique?: true;
  /** The fragment does not say it: this is what OpenAPI takes it to mean. */
  isImplied?: true;
  /** Fragments that differ here are merged all the same, with a warning. */
  mayDiffer?: true;
}

/** Takes a fragment apart. */
export function entriesOf({ document, version, operation }: Fragment): Entry[] {
  return [
    // Patch versions of the specification differ in their wording alone.
    { id: "openapi", path: ["openapi"], value: `3.${version.minor}`, kind: "data" },
    ...rootEntries(document),
    ...tagEntries(document["tags"]),
    ...extensionsOfPaths(document),
    ...pathItemEntries(operation),
    ...componentEntries(document),
  ];
}

/** What OpenAPI takes a fragment to mean that leaves these out (or empty, for servers). */
const NO_SECURITY: unknown[] = [];
const SAME_SERVER: unknown[] = [{ url: "/" }];

/** Root fields that are not entries by themselves, or not as they stand. */
const TAKEN_APART = new Set([
  "openapi",
  "servers",
  "security",
  "tags",
  "paths",
  "webhooks",
  "components",
]);

function rootEntries(document: JsonObject): Entry[] {
  const { openapi, servers, security } = document;
  return [
    { ...fieldEntry("openapi", openapi), id: "openapi version", mayDiffer: true },
    ...Object.entries(document)
      .filter(([field]) => !TAKEN_APART.has(field))
      .map(([field, value]) => fieldEntry(field, value)),
    Array.isArray(servers) && servers.length > 0
      ? fieldEntry("servers", servers)
      : { ...fieldEntry("servers", SAME_SERVER), isImplied: true },
    security === undefined
      ? { ...fieldEntry("security", NO_SECURITY), isImplied: true }
      : fieldEntry("security", security),
  ];
}

const FIELD_KINDS: Record<string, KeywordKind> = {
  externalDocs: "spec",
  info: "info",
  security: "set",
  servers: "spec",
};

function fieldEntry(field: string, value: unknown): Entry {
  const kind = FIELD_KINDS[field] ?? "data";
  return { id: field, path: [field], value, kind, target: [field] };
}

function tagEntries(tags: unknown): Entry[] {
  return (Array.isArray(tags) ? tags : []).map((tag: JsonObject, index) => {
    const name = tag["name"] as string;
    return {
      id: `tag ${name}`,
      path: ["tags", String(index)],
      value: tag,
      kind: "spec",
      target: ["tags", name],
    };
  });
}

function extensionsOfPaths(document: JsonObject): Entry[] {
  return ["paths", "webhooks"].flatMap((section) =>
    Object.entries(objectAt(document, section))
      .filter(([name]) => name.startsWith("x-"))
      .map(([name, value]): Entry => {
        const path = [section, name];
        return { id: `${section} ${name}`, path, value, kind: "data", target: path };
      }),
  );
}

function pathItemEntries(operation: FragmentOperation): Entry[] {
  const { section, name, method, definition, pathItem, pathItemKeys } = operation;
  const target = [section, name];
  // Templates that differ in the names of parameters alone match the same URLs.
  const template = section === "paths" ? name.replaceAll(/\{[^}]*\}/g, "{}") : name;
  const noun = section === "paths" ? "path" : "webhook";
  return [
    {
      id: `${noun} template ${template}`,
      path: target,
      value: name,
      kind: "data",
      mayDiffer: true,
    },
    {
      id: `${noun} ${name}`,
      path: pathItemKeys,
      value: sharedFields(pathItem),
      kind: "spec",
      target,
      isPathItem: true,
    },
    {
      id: `${section} ${method} ${template}`,
      title: operationTitle(operation),
      path: [...pathItemKeys, method],
      value: definition,
      kind: "spec",
      target: [...target, method],
      isUnique: true,
    },
    ...operationIdEntries(pathItem, pathItemKeys, name),
  ];
}

/** What a path item says of all its operations; an empty list there says nothing. */
function sharedFields(item: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(item).filter(
      ([field, value]) => !isHttpMethod(field) && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

/** Each operationId names one operation of the whole document, those of callbacks included. */
function operationIdEntries(item: JsonObject, itemPath: string[], name: string): Entry[] {
  return Object.entries(item).flatMap(([method, operation]): Entry[] => {
    if (!isHttpMethod(method) || !isObject(operation)) return [];
    const { operationId, callbacks } = operation;
    const path = [...itemPath, method];
    const value = `${method.toUpperCase()} ${name}`;
    const inner = fieldsOf(callbacks).flatMap(([callback, items]) =>
      fieldsOf(items).flatMap(([url, calledBack]) => {
        const innerPath = [...path, "callbacks", callback, url];
        return isObject(calledBack) ? operationIdEntries(calledBack, innerPath, url) : [];
      }),
    );
    // An empty one is what some generators write for "none".
    if (typeof operationId !== "string" || operationId === "") return inner;
    const id = `operationId ${operationId}`;
    return [{ id, path: [...path, "operationId"], value, kind: "data" }, ...inner];
  });
}

function fieldsOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}

function componentEntries(document: JsonObject): Entry[] {
  return Object.entries(objectAt(document, "components")).flatMap(([section, named]): Entry[] => {
    const path = ["components", section];
    if (!isObject(named) || section.startsWith("x-")) {
      return [{ id: `components ${section}`, path, value: named, kind: "data", target: path }];
    }
    const names = section === "pathItems" ? pathItemsInUse(document) : Object.keys(named);
    // Examples are text for people, also if they are components.
    const kind = section === "examples" ? "note" : "spec";
    return names.map((name) => ({
      id: `component ${section}/${name}`,
      path: [...path, name],
      value: named[name],
      kind,
      target: [...path, name],
    }));
  });
}

/**
 * The path items of the components that callbacks refer to. The one that the fragment's own path
 * refers to goes to that path: two fragments of one path each hold their part of it.
 */
function pathItemsInUse(document: JsonObject): string[] {
  const used = new Set<string>();
  walkReferences(document, ({ reference, path }) => {
    const isOwnPath = path.length === 3 && path[0] !== "components";
    if (!isOwnPath && typeof reference === "string") used.add(toPointer(fromPointer(reference)));
  });
  return Object.keys(objectAt(document, "components", "pathItems")).filter((name) =>
    used.has(toPointer(["components", "pathItems", name])),
  );
}
