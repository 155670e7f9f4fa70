import { isHttpMethod } from "../../src/openapi/methods.js";
import { isObject, type JsonObject } from "../../src/openapi/json.js";
import type { Fragment } from "./read-fragment.js";
import type { Role } from "./roles.js";

/** What a merged document is put together from; fragments agree on it or are in conflict. */
export interface Part {
  /**
   * What the part is called in every fragment, and in messages: `component schemas/Error`. Two
   * fragments that both have it must mean the same by it.
   */
  id: string;
  /** Keys to the part in its own fragment. */
  path: string[];
  value: unknown;
  role: Role;
  /** Where it goes in the merged document; a part without a home only has to be agreed on. */
  home?: string[];
  /** `value` is what a path item says of all its operations, which are parts of their own. */
  isPathItem?: true;
  /** Only one fragment may have it, even where both say the same. */
  isUnique?: true;
  /** The fragment does not say it: this is what OpenAPI takes it to mean. */
  isImplied?: true;
}

/** Takes a fragment apart. */
export function partsOf({ document, paths, components }: Fragment): Part[] {
  return [
    ...rootParts(document),
    ...tagParts(document["tags"]),
    ...Object.entries(paths).flatMap(([path, item]) => pathParts(path, item)),
    ...Object.entries(components).flatMap(([section, named]) => componentParts(section, named)),
  ];
}

/** What OpenAPI 3.0 takes a fragment to mean that leaves these out (or empty, for servers). */
const NO_SECURITY: unknown[] = [];
const SAME_SERVER: unknown[] = [{ url: "/" }];

/** Root fields that are not parts by themselves, or not as they stand. */
const TAKEN_APART = new Set(["servers", "security", "tags", "paths", "components"]);

function rootParts(document: JsonObject): Part[] {
  const { servers, security } = document;
  return [
    ...Object.entries(document)
      .filter(([field]) => !TAKEN_APART.has(field))
      .map(([field, value]) => fieldPart(field, value)),
    Array.isArray(servers) && servers.length > 0
      ? fieldPart("servers", servers)
      : { ...fieldPart("servers", SAME_SERVER), isImplied: true },
    security === undefined
      ? { ...fieldPart("security", NO_SECURITY), isImplied: true }
      : fieldPart("security", security),
  ];
}

const FIELD_ROLES: Record<string, Role> = {
  externalDocs: "spec",
  info: "info",
  security: "set",
  servers: "spec",
};

function fieldPart(field: string, value: unknown): Part {
  const role = FIELD_ROLES[field] ?? "data";
  return { id: field, path: [field], value, role, home: [field] };
}

function tagParts(tags: unknown): Part[] {
  return (Array.isArray(tags) ? tags : []).map((tag: JsonObject, index) => {
    const name = tag["name"] as string;
    return {
      id: `tag ${name}`,
      path: ["tags", String(index)],
      value: tag,
      role: "spec",
      home: ["tags", name],
    };
  });
}

function pathParts(path: string, item: unknown): Part[] {
  const home = ["paths", path];
  if (!isObject(item) || path.startsWith("x-")) {
    return [{ id: `paths ${path}`, path: home, value: item, role: "data", home }];
  }
  const template = path.replaceAll(/\{[^}]*\}/g, "{}");
  return [
    // Templates that differ only in a parameter's name match the same URLs: OpenAPI forbids both.
    { id: `path template ${template}`, path: home, value: path, role: "data" },
    {
      id: `path ${path}`,
      path: home,
      value: sharedFields(item),
      role: "spec",
      home,
      isPathItem: true,
    },
    ...Object.entries(item).flatMap(([field, operation]) =>
      isHttpMethod(field) ? [operationPart(path, field, operation)] : [],
    ),
    ...operationIdParts(item, home, path),
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

function operationPart(path: string, method: string, operation: unknown): Part {
  const home = ["paths", path, method];
  const id = `operation ${method.toUpperCase()} ${path}`;
  return { id, path: home, value: operation, role: "spec", home, isUnique: true };
}

/** Each operationId names one operation of the whole document, those of callbacks included. */
function operationIdParts(item: JsonObject, itemPath: string[], place: string): Part[] {
  return Object.entries(item).flatMap(([method, operation]): Part[] => {
    if (!isHttpMethod(method) || !isObject(operation)) return [];
    const { operationId, callbacks } = operation;
    const path = [...itemPath, method];
    const value = `${method.toUpperCase()} ${place}`;
    const inner = entriesOf(callbacks).flatMap(([callback, items]) =>
      entriesOf(items).flatMap(([url, calledBack]) => {
        const innerPath = [...path, "callbacks", callback, url];
        return isObject(calledBack) ? operationIdParts(calledBack, innerPath, url) : [];
      }),
    );
    if (typeof operationId !== "string") return inner;
    const id = `operationId ${operationId}`;
    return [{ id, path: [...path, "operationId"], value, role: "data" }, ...inner];
  });
}

function entriesOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}

function componentParts(section: string, named: unknown): Part[] {
  if (!isObject(named) || section.startsWith("x-")) {
    const path = ["components", section];
    return [{ id: `components ${section}`, path, value: named, role: "data", home: path }];
  }
  // Examples are words for people, also where they are components.
  const role = section === "examples" ? "note" : "spec";
  return Object.entries(named).map(([name, value]) => {
    const path = ["components", section, name];
    return { id: `component ${section}/${name}`, path, value, role, home: path };
  });
}
