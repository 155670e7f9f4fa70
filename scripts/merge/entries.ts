import { isHttpMethod } from "../../src/openapi/methods.js";
import { isObject, objectAt, type JsonObject } from "../../src/openapi/json.js";
import type { KeywordKind } from "../../src/openapi/keyword-kinds.js";
import { fromPointer, toPointer } from "../../src/openapi/pointer.js";
import { walkReferences } from "../../src/openapi/walk.js";
import { operationTitle } from "./fragment-problems.js";
import type { Fragment, FragmentOperation } from "./fragment.js";

/** A building block of the merged document. Fragments either agree on it or are in conflict. */
export interface Entry {
  /**
   * The entry's name in every fragment, and in messages: `component schemas/Error`. If two
   * fragments have it, it must mean the same in both.
   */
  id: string;
  /** The name in messages, if it says more than the id. */
  title?: string;
  /** Keys to the entry in its own fragment. */
  path: string[];
  value: unknown;
  kind: KeywordKind;
  /** Where it goes in the merged document. Entries without a target only have to agree. */
  target?: string[];
  /**
   * For a path item, `value` is what it says about all its operations; those are entries of their
   * own.
   */
  isPathItem?: true;
  /** Only one fragment may have it, even if others say the same. */
  isUnique?: true;
  /** The fragment does not say it explicitly: this is the default that OpenAPI defines. */
  isImplied?: true;
  /** A difference between fragments here is only a warning; they are merged all the same. */
  mayDiffer?: true;
}

/** Splits a fragment into entries. */
export function entriesOf({ document, version, operation }: Fragment): Entry[] {
  return [
    // Patch versions of the specification differ only in wording.
    { id: "openapi", path: ["openapi"], value: `3.${version.minor}`, kind: "data" },
    ...rootEntries(document),
    ...tagEntries(document["tags"]),
    ...extensionsOfPaths(document),
    ...pathItemEntries(operation),
    ...componentEntries(document),
  ];
}

/**
 * What a fragment means, according to OpenAPI, if it omits these (or, for servers, leaves them
 * empty).
 */
const NO_SECURITY: unknown[] = [];
const SAME_SERVER: unknown[] = [{ url: "/" }];

/** Root fields that are not entries of their own, or not in their original form. */
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
  // Templates that differ only in the names of parameters match the same URLs.
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

/** What a path item says about all its operations; an empty list says nothing. */
function sharedFields(item: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(item).filter(
      ([field, value]) => !isHttpMethod(field) && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

/** An operationId names one operation in the whole document, including those of callbacks. */
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
    // Some generators write an empty one to mean "none".
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
    // Examples are text for people, even as components.
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
 * The component path items that callbacks refer to. The one that the fragment's own path refers to
 * is merged into that path instead: two fragments of one path each hold their part of it.
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
