import { HTTP_METHODS } from "../../src/openapi/methods.js";
import { isObject, type JsonObject } from "../../src/openapi/json.js";
import type { Part } from "./parts.js";

/** OpenAPI's own order of fields; what is not listed follows by name. */
const ROOT_FIELDS = ["openapi", "info", "externalDocs", "servers", "security", "tags", "paths"];
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
];

/** The merged document while it grows: maps are its own levels, all else is taken over whole. */
type Level = Map<string, unknown>;

/**
 * Puts the merged document together. Its order comes from the names in it alone, so that the same
 * parts make the same document whatever files they came from.
 */
export function assemble(parts: Iterable<Part>): JsonObject {
  const root: Level = new Map();
  const tags = levelAt(root, ["tags"]);
  const paths = levelAt(root, ["paths"]);
  const components = levelAt(root, ["components"]);
  for (const part of parts) insert(root, part);

  root.set("tags", [...inOrder(tags).values()]);
  if (tags.size === 0) root.delete("tags");
  root.set("paths", toObject(paths, [], [...PATH_ITEM_FIELDS, ...HTTP_METHODS]));
  root.set("components", toObject(components, COMPONENT_SECTIONS, []));
  if (components.size === 0) root.delete("components");
  return Object.fromEntries(inOrder(root, ROOT_FIELDS));
}

function insert(root: Level, { home, value, isImplied, isPathItem }: Part) {
  if (!home || isImplied) return;
  if (isPathItem && isObject(value)) {
    const level = levelAt(root, home);
    for (const [field, inner] of Object.entries(value)) level.set(field, inner);
  } else {
    levelAt(root, home.slice(0, -1)).set(home.at(-1) ?? "", value);
  }
}

function levelAt(root: Level, home: readonly string[]): Level {
  let level = root;
  for (const key of home) {
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

/** Listed keys first, in the list's order; then the others by name, the same in every locale. */
function inOrder(level: Level, listed: readonly string[] = []): Level {
  const rank = (key: string) => {
    const index = listed.indexOf(key);
    return index < 0 ? listed.length : index;
  };
  return new Map([...level].sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1)));
}
