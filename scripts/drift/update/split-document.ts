import { isObject, listAt, objectAt, type JsonObject } from "../../../src/openapi/json.js";
import { HTTP_METHODS, isHttpMethod, type HttpMethod } from "../../../src/openapi/methods.js";
import { fromPointer, toPointer, valueAt } from "../../../src/openapi/pointer.js";
import { followReferences, referenceOf } from "../../../src/openapi/references.js";
import { targetOf } from "../../../src/openapi/schema-identifiers.js";
import { walkReferences } from "../../../src/openapi/walk.js";
import { InputError } from "../../lib/input-error.js";
import type { Announced } from "../../lib/openapi-block.js";
import { announcementOf } from "../../merge/index.js";

/** One operation of a document, as a document of its own. */
export interface SplitFragment {
  announced: Announced;
  document: JsonObject;
}

/** An operation or a webhook's, and the path item that contains it. */
interface Place {
  section: "paths" | "webhooks";
  name: string;
  method: HttpMethod;
  pathItem: JsonObject;
  /** The location of the path item: not under its name if that is a `$ref`. */
  pointer: string;
}

/**
 * Splits a document into one fragment per operation, as docs pages would publish them. Merging the
 * fragments restores the document: whatever belongs to no operation (tags, servers, extensions) is
 * in each of them, and components that no operation uses are in the first.
 */
export function splitDocument(whole: JsonObject): SplitFragment[] {
  const components = inlinePathReferences(objectAt(whole, "components"), whole);
  const document = { ...whole, components };
  const places = placesIn(document);
  const users = places.map((place) => componentsUsedBy(place, document));
  const used = new Set(users.flatMap((names) => [...names]));
  const unused = componentNames(document).filter((pointer) => !used.has(pointer));
  return places.map((place, index) => {
    const names = new Set([...(users[index] ?? []), ...(index === 0 ? unused : [])]);
    return { announced: announcementOf(place), document: fragmentAt(place, names, document) };
  });
}

/** By name and method, so that the same document always splits in the same way. */
function placesIn(document: JsonObject): Place[] {
  return (["paths", "webhooks"] as const).flatMap((section) =>
    Object.entries(objectAt(document, section))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([name, value]) => {
        const item = followReferences(document, { value, pointer: toPointer([section, name]) });
        const pathItem = item?.value;
        if (!isObject(pathItem) || name.startsWith("x-")) return [];
        const pointer = item?.pointer ?? "";
        return HTTP_METHODS.filter((method) => isObject(pathItem[method])).map((method) => {
          return { section, name, method, pathItem, pointer };
        });
      }),
  );
}

function fragmentAt(place: Place, used: ReadonlySet<string>, document: JsonObject): JsonObject {
  const { section, name } = place;
  const { paths, webhooks, components, tags, servers, ...shared } = document;
  const extensions = Object.entries(objectAt({ paths, webhooks }, section)).filter(([key]) =>
    key.startsWith("x-"),
  );
  const kept = componentsAmong(components, used);
  return {
    ...shared,
    ...nonEmpty("servers", servers),
    ...nonEmpty("tags", Array.isArray(tags) ? byName(tags) : undefined),
    [section]: { ...Object.fromEntries(extensions), [name]: ownPart(place, document) },
    ...(Object.keys(kept).length > 0 ? { components: kept } : {}),
  };
}

/** An empty list says nothing, and merging omits it. */
function nonEmpty(field: string, list: unknown): JsonObject {
  return Array.isArray(list) && list.length > 0 ? { [field]: list } : {};
}

/** The order in which merging puts tags. */
function byName(tags: readonly unknown[]): unknown[] {
  const nameOf = (tag: unknown) => String(objectAt(tag)["name"]);
  return tags.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

/** The path item with only this operation. */
function ownPart({ pathItem, method }: Place, document: JsonObject): JsonObject {
  const fields = Object.entries(pathItem).filter(([field, value]) => {
    const isEmpty = Array.isArray(value) && value.length === 0;
    return field === method || (!isHttpMethod(field) && !isEmpty);
  });
  return inlinePathReferences(Object.fromEntries(fields), document);
}

function componentNames(document: JsonObject): string[] {
  return Object.entries(objectAt(document, "components")).flatMap(([section, named]) =>
    // A path item goes to the paths that refer to it.
    section === "pathItems" || !isObject(named)
      ? []
      : Object.keys(named).map((name) => toPointer(["components", section, name])),
  );
}

/** JSON Pointers to the components that an operation uses, directly or indirectly. */
function componentsUsedBy(place: Place, document: JsonObject): Set<string> {
  const { method, pathItem, pointer } = place;
  const used = new Set<string>();
  const use = (target: string): void => {
    const component = toPointer(fromPointer(target).slice(0, 3));
    const isComponent = component.startsWith("/components/");
    if (used.has(isComponent ? component : target)) return;
    used.add(isComponent ? component : target);
    follow(isComponent ? component : target);
  };
  const follow = (from: string): void => {
    walkReferences(valueAt(document, from), ({ reference, path, keyword }) => {
      if (typeof reference !== "string") return;
      const target =
        targetOf(document, reference, from + toPointer(path.slice(0, -1))) ??
        (keyword === "mapping" ? toPointer(["components", "schemas", reference]) : undefined);
      if (target !== undefined) use(target);
    });
  };
  for (const field of Object.keys(pathItem)) {
    if (field === method || !isHttpMethod(field)) follow(pointer + toPointer([field]));
  }
  const operation = objectAt(pathItem, method);
  const secured = operation["security"] === undefined ? document : operation;
  for (const requirement of listAt(secured, "security").filter(isObject)) {
    for (const name of Object.keys(requirement)) {
      use(toPointer(["components", "securitySchemes", name]));
    }
  }
  return used;
}

/** In the document's own order. */
function componentsAmong(components: unknown, used: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(
    Object.entries(isObject(components) ? components : {}).flatMap(([section, named]) => {
      if (!isObject(named) || section.startsWith("x-")) return [[section, named]];
      const members = Object.entries(named).filter(([name]) =>
        used.has(toPointer(["components", section, name])),
      );
      return members.length > 0 ? [[section, Object.fromEntries(members)]] : [];
    }),
  );
}

/**
 * Inlines the references that lead into a path or a webhook (`#/paths/~1a/get/…`), because the
 * fragment of another operation does not contain their targets.
 *
 * @throws {InputError} if such references form a circle, which cannot be inlined.
 */
function inlinePathReferences(value: JsonObject, document: JsonObject): JsonObject {
  return inline(value, document, []) as JsonObject;
}

function inline(value: unknown, document: JsonObject, open: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => inline(item, document, open));
  if (!isObject(value)) return value;
  const reference = referenceOf(value);
  if (reference !== undefined && /^#\/(?:paths|webhooks)\//.test(reference)) {
    if (open.includes(reference)) {
      throw new InputError(`${reference} refers to itself: put what it names under components`);
    }
    return inline(valueAt(document, reference), document, [...open, reference]);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, inline(inner, document, open)]),
  );
}
