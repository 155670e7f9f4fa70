import { isObject, type JsonObject } from "./json.js";
import { fromPointer, toPointer, valueAt } from "./pointer.js";
import { isJsonSchemaVersion, openApiVersion } from "./version.js";
import { walkObjects } from "./walk.js";

/** Stands in for the address of a document that declares none. */
const DOCUMENT = "https://document.invalid/";

/** Where each `$id`, `$anchor` and `$dynamicAnchor` of a document is (JSON Schema 2020-12, 8.2). */
type Identifiers = ReadonlyMap<string, string>;

const identifiersOfDocuments = new WeakMap<JsonObject, Identifiers>();

/** The pointers to the objects of each document that has an `$id`; none for the others. */
const placesOfDocuments = new WeakMap<JsonObject, ReadonlyMap<unknown, string>>();

/**
 * Finds what a reference names: a JSON Pointer into the document, or a schema by its `$id` or
 * `$anchor`. References between documents are not followed.
 *
 * @param from JSON Pointer to the place that refers: an `$id` around it changes what it means.
 * @returns the JSON Pointer of the target, or `undefined` if there is none.
 */
export function targetOf(document: JsonObject, reference: string, from = ""): string | undefined {
  const identifiers = identifiersOf(document);
  if (identifiers.size === 0 || isPlainPointer(reference, document, from)) {
    return reference.startsWith("#") ? existing(document, "", reference) : undefined;
  }
  const uri = resolve(reference, baseAt(document, from));
  const known = uri === undefined ? undefined : identifiers.get(uri);
  if (known !== undefined || uri === undefined) return known;
  const resource = uri.replace(/#.*/s, "");
  const root = resource === DOCUMENT ? "" : identifiers.get(resource);
  return root === undefined ? undefined : existing(document, root, uri.slice(resource.length));
}

/**
 * The pointer from which the references of an object have to be read: to the object, if the document
 * has an `$id` that may change what they mean; otherwise, or if the object is not of the document, to
 * the document.
 */
export function placeOf(document: JsonObject, value: unknown): string {
  const places = placesOfDocuments.get(document) ?? readPlaces(document);
  placesOfDocuments.set(document, places);
  return places.get(value) ?? "";
}

function readPlaces(document: JsonObject): Map<unknown, string> {
  const places = new Map<unknown, string>();
  const hasIds = [...identifiersOf(document).keys()].some((uri) => !uri.includes("#"));
  if (hasIds) walkObjects(document, (object, path) => places.set(object, toPointer(path)));
  return places;
}

function isPlainPointer(reference: string, document: JsonObject, from: string): boolean {
  return /^#(\/|$)/.test(reference) && baseAt(document, from) === DOCUMENT;
}

/**
 * The pointer to what a fragment means inside of a schema, if that leads to something. Only an empty
 * fragment, or one that starts with `/`, is a pointer.
 */
function existing(document: JsonObject, root: string, fragment: string): string | undefined {
  if (!/^#?(\/|$)/.test(fragment)) return undefined;
  const pointer = root + toPointer(fromPointer(fragment));
  return valueAt(document, pointer) === undefined ? undefined : pointer;
}

function identifiersOf(document: JsonObject): Identifiers {
  const known = identifiersOfDocuments.get(document);
  if (known) return known;
  const found = new Map<string, string>();
  identifiersOfDocuments.set(document, found);
  const version = openApiVersion(document);
  if (version && !isJsonSchemaVersion(version)) return found; // 3.0 has none of these keywords.
  walkObjects(document, (schema, path) => {
    const { $id, $anchor, $dynamicAnchor } = schema;
    if (
      typeof $id !== "string" &&
      typeof $anchor !== "string" &&
      typeof $dynamicAnchor !== "string"
    )
      return;
    const pointer = toPointer(path);
    const base = baseAt(document, pointer);
    if (typeof $id === "string") found.set(base, pointer);
    for (const anchor of [$anchor, $dynamicAnchor]) {
      if (typeof anchor === "string") found.set(`${base}#${anchor}`, pointer);
    }
  });
  return found;
}

/** The address that references at this location are relative to. */
function baseAt(document: JsonObject, pointer: string): string {
  let base = DOCUMENT;
  let value: unknown = document;
  for (const key of fromPointer(pointer)) {
    value = isObject(value) || Array.isArray(value) ? (value as JsonObject)[key] : undefined;
    const id = isObject(value) ? value["$id"] : undefined;
    if (typeof id === "string") base = resolve(id, base)?.replace(/#$/, "") ?? base;
  }
  return base;
}

function resolve(reference: string, base: string): string | undefined {
  return URL.canParse(reference, base) ? new URL(reference, base).href : undefined;
}
