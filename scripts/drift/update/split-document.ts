import { dump } from "js-yaml";
import { HTTP_METHODS } from "../../../src/openapi/methods.js";
import { isObject, objectAt, type JsonObject } from "../../../src/openapi/json.js";
import { fromPointer } from "../../../src/openapi/pointer.js";
import { fragmentName, type PulledFragment } from "../../pull/index.js";
import type { ApiDocument } from "../api-document.js";

/** Takes a document apart into one fragment per operation, as docs pages would carry them. */
export function splitDocument({ root }: ApiDocument, page: string): PulledFragment[] {
  return Object.entries(objectAt(root, "paths")).flatMap(([path, pathItem]) => {
    if (!isObject(pathItem)) return [];
    return HTTP_METHODS.filter((method) => isObject(pathItem[method])).flatMap((method) => {
      const announced = { kind: "operation" as const, method: method.toUpperCase(), path };
      const fileName = fragmentName(announced);
      const document = fragmentOf(root, path, pathItem, method);
      const text = dump(document, { lineWidth: 100, noRefs: true });
      const source = { file: page, text, lineOffset: 0 };
      return [{ announced, source, closed: true, page, fileName, document }];
    });
  });
}

function fragmentOf(root: JsonObject, path: string, pathItem: JsonObject, method: string) {
  const isElse = (key: string) => !HTTP_METHODS.some((other) => other === key) || key === method;
  const own = Object.fromEntries(Object.entries(pathItem).filter(([key]) => isElse(key)));
  const components = componentsOf(root, own, objectAt(pathItem, method));
  const { openapi, info, servers, security } = root;
  return {
    ...{ openapi, info },
    ...(servers === undefined ? {} : { servers }),
    ...(security === undefined ? {} : { security }),
    paths: { [path]: own },
    ...(Object.keys(components).length > 0 ? { components } : {}),
  };
}

/** The components that an operation uses, and those that they use. */
function componentsOf(root: JsonObject, pathItem: JsonObject, operation: JsonObject): JsonObject {
  const all = objectAt(root, "components");
  const used = new Map<string, Set<string>>();
  const take = (section: string, name: string): void => {
    const names = used.get(section) ?? new Set();
    if (names.has(name)) return;
    used.set(section, names.add(name));
    follow(objectAt(all, section)[name]);
  };
  const follow = (value: unknown): void => {
    for (const reference of referencesIn(value)) {
      const [root, section, name] = fromPointer(reference);
      if (root === "components" && section !== undefined && name !== undefined) take(section, name);
    }
  };
  follow(pathItem);
  for (const requirement of listOf(operation["security"] ?? root["security"]))
    if (isObject(requirement))
      for (const name of Object.keys(requirement)) take("securitySchemes", name);
  // In the document's own order, so that the same spec always splits into the same files.
  return Object.fromEntries(
    Object.entries(all)
      .map(([section, members]) => [section, chosen(members, used.get(section))] as const)
      .filter(([, members]) => Object.keys(members).length > 0),
  );
}

function chosen(members: unknown, names: ReadonlySet<string> = new Set()): JsonObject {
  if (!isObject(members)) return {};
  return Object.fromEntries(Object.entries(members).filter(([name]) => names.has(name)));
}

function* referencesIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* referencesIn(item);
  if (!isObject(value)) return;
  for (const [key, part] of Object.entries(value)) {
    if (key === "$ref" && typeof part === "string" && part.startsWith("#")) yield part;
    else if (key === "mapping" && isObject(part)) yield* mappedIn(part);
    else yield* referencesIn(part);
  }
}

/** A discriminator names its schemas by reference, or by bare name. */
function* mappedIn(mapping: JsonObject): Generator<string> {
  for (const target of Object.values(mapping))
    if (typeof target === "string")
      yield target.includes("/") ? target : `#/components/schemas/${target}`;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
