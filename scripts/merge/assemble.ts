import { HTTP_METHODS } from "../../src/openapi/methods.js";
import { isObject, type JsonObject } from "../../src/openapi/json.js";
import type { Entry } from "./entries.js";

/** The order of fields in the OpenAPI specification. Unlisted fields follow by name. */
const ROOT_FIELDS = [
  "openapi",
  "$self",
  "info",
  "jsonSchemaDialect",
  "externalDocs",
  "servers",
  "security",
  "tags",
  "paths",
  "webhooks",
];
const PATH_ITEM_FIELDS = ["$ref", "summary", "description", "servers", "parameters"];
const COMPONENT_SECTIONS = [
  "securitySchemes",
  "schemas",
  "responses",
  "parameters",
  "examples",
  "requestBodies",
  "headers",
  "links",
  "callbacks",
  "pathItems",
];

/**
 * The merged document under construction: a map is one of its levels; anything else is a finished
 * value.
 */
type Level = Map<string, unknown>;

/**
 * Assembles the merged document. Its order depends only on the names in it, so that the same
 * entries always make the same document, whatever files they came from.
 */
export function assemble(entries: Iterable<Entry>): JsonObject {
  const root: Level = new Map();
  const tags = levelAt(root, ["tags"]);
  const paths = levelAt(root, ["paths"]);
  const webhooks = levelAt(root, ["webhooks"]);
  const components = levelAt(root, ["components"]);
  for (const entry of entries) insert(root, entry);

  const pathItemFields = [...PATH_ITEM_FIELDS, ...HTTP_METHODS];
  setUnlessEmpty(root, "tags", [...inOrder(tags).values()]);
  setUnlessEmpty(root, "paths", toObject(paths, [], pathItemFields));
  setUnlessEmpty(root, "webhooks", toObject(webhooks, [], pathItemFields));
  setUnlessEmpty(root, "components", toObject(components, COMPONENT_SECTIONS, []));
  return Object.fromEntries(inOrder(root, ROOT_FIELDS));
}

function setUnlessEmpty(root: Level, field: string, value: object) {
  if (Object.keys(value).length > 0) root.set(field, value);
  else root.delete(field);
}

function insert(root: Level, { target, value, isImplied, isPathItem }: Entry) {
  if (!target || isImplied) return;
  if (isPathItem && isObject(value)) {
    const level = levelAt(root, target);
    for (const [field, inner] of Object.entries(value)) level.set(field, inner);
  } else {
    levelAt(root, target.slice(0, -1)).set(target.at(-1) ?? "", value);
  }
}

function levelAt(root: Level, keys: readonly string[]): Level {
  let level = root;
  for (const key of keys) {
    const inner = level.get(key);
    const next: Level = isLevel(inner) ? inner : new Map<string, unknown>();
    level.set(key, next);
    level = next;
  }
  return level;
}

function isLevel(value: unknown): value is Level {
  return value instanceof Map;
}

function toObject(level: Level, order: readonly string[], innerOrder: readonly string[]) {
  return Object.fromEntries(
    [...inOrder(level, order)].map(([key, inner]): [string, unknown] => [
      key,
      isLevel(inner) ? Object.fromEntries(inOrder(inner, innerOrder)) : inner,
    ]),
  );
}

/**
 * Listed keys first, in the order of the list, then the others by name, in the same order in every
 * locale.
 */
function inOrder(level: Level, listed: readonly string[] = []): Level {
  const rank = (key: string) => {
    const index = listed.indexOf(key);
    return index < 0 ? listed.length : index;
  };
  return new Map([...level].sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1)));
}
