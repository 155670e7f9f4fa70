import { HTTP_METHODS } from "../../src/openapi/methods.js";
import { isObject, type JsonObject } from "../../src/openapi/json.js";
import { valueAt } from "../../src/openapi/pointer.js";

/** One operation of a document. */
export interface Cut {
  path: string;
  method: string;
  operation: JsonObject;
}

/**
 * Returns the first operations of a document. It skips paths that match the same URLs as an earlier
 * one (`/a/{id}`, `/a/{name}`): OpenAPI forbids having both in one document, GitHub's has some, and
 * a merge has to refuse them. It also skips operations with a server of their own, which generate
 * refuses, since the client sends its key to one server only.
 */
export function firstOperations(document: JsonObject, count: number): Cut[] {
  const { paths } = document;
  const templates = new Map<string, string>();
  const found: Cut[] = [];
  for (const [path, item] of Object.entries(isObject(paths) ? paths : {})) {
    const template = path.replaceAll(/\{[^}]*\}/g, "{}");
    if (templates.has(template) || !isObject(item)) continue;
    templates.set(template, path);
    for (const method of HTTP_METHODS) {
      const operation = item[method];
      if (isObject(operation) && !operation["servers"]) found.push({ path, method, operation });
    }
  }
  if (found.length < count) throw new Error(`the document has only ${found.length} operations`);
  return found.slice(0, count);
}

/** Returns the document with only the given operations, and the components and tags they need. */
export function restrict(document: JsonObject, cuts: readonly Cut[]): JsonObject {
  const { openapi, info, externalDocs, servers, tags } = document;
  const paths: Record<string, JsonObject> = {};
  for (const { path, method, operation } of cuts) {
    paths[path] = { ...paths[path], [method]: operation };
  }
  const names = new Set(cuts.flatMap(({ operation }) => operation["tags"]));
  return {
    openapi,
    info,
    externalDocs,
    servers,
    tags: (Array.isArray(tags) ? tags : []).filter((tag: JsonObject) => names.has(tag["name"])),
    paths,
    components: componentsOf(document, cuts),
  };
}

function componentsOf(document: JsonObject, cuts: readonly Cut[]): JsonObject {
  const components: Record<string, JsonObject> = {};
  const seen = new Set<string>();
  const follow = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if ("$ref" in value && typeof value.$ref === "string") take(value.$ref);
    for (const inner of Object.values(value)) follow(inner);
  };
  const take = (reference: string) => {
    const [, , section, name] = reference.split("/");
    if (seen.has(reference) || section === undefined || name === undefined) return;
    seen.add(reference);
    const component = valueAt(document, reference);
    components[section] = { ...components[section], [name]: component };
    follow(component);
  };
  for (const { operation } of cuts) follow(operation);
  return components;
}
