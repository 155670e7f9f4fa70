/**
 * What kind of value a keyword of an OpenAPI document holds, as far as comparing values and
 * following references goes:
 *
 * - `spec`   an object whose keys are OpenAPI's own (a schema, a response), or a list of them
 * - `info`   the Info Object: like `spec`, but its title is data
 * - `names`  a map whose keys the API's author chose (`properties`, `responses`)
 * - `labels` such a map whose values only describe the names (OAuth `scopes`)
 * - `lists`  such a map whose values are sets of names (`dependentRequired`)
 * - `set`    a list whose order means nothing (`required`, `enum`, the alternatives of `security`)
 * - `data`   any JSON value, taken as it is (`default`, extensions)
 * - `note`   text for people (`description`, `example`): no client behaves differently for it
 */
export type KeywordKind = "spec" | "info" | "names" | "labels" | "lists" | "set" | "data" | "note";

const KIND_OF_KEYWORD: ReadonlyMap<string, KeywordKind> = new Map(
  Object.entries({
    names: [
      "$defs",
      "callbacks",
      "content",
      "definitions",
      "dependentSchemas",
      "encoding",
      "headers",
      "links",
      "mapping",
      "mediaTypes",
      "parameters",
      "pathItems",
      "patternProperties",
      "properties",
      "requestBodies",
      "responses",
      "schemas",
      "securitySchemes",
      "variables",
      "webhooks",
    ],
    labels: ["scopes"],
    lists: ["dependentRequired"],
    set: ["enum", "required", "security", "type"],
    data: ["const", "default", "value"],
    note: [
      "$comment",
      "description",
      "example",
      "examples",
      "externalDocs",
      "summary",
      "title",
      "x-codeSamples",
      "x-code-samples",
    ],
  } satisfies Partial<Record<KeywordKind, string[]>>).flatMap(([kind, keywords]) =>
    keywords.map((keyword): [string, KeywordKind] => [keyword, kind as KeywordKind]),
  ),
);

/** The kind of what stands under `key` of an object of the kind `parent`. */
export function kindOf(key: string, parent: KeywordKind): KeywordKind {
  switch (parent) {
    case "names":
      return "spec";
    case "labels":
      return "note";
    case "lists":
      return "set";
    case "spec":
      return KIND_OF_KEYWORD.get(key) ?? (key.startsWith("x-") ? "data" : "spec");
    case "info":
      return key === "title" ? "data" : kindOf(key, "spec");
    case "set":
    case "data":
    case "note":
      return parent;
  }
}

/** The kind of a list's items. `parameters` is a map in components and a list elsewhere. */
export function kindOfItem(list: KeywordKind): KeywordKind {
  return list === "names" ? "spec" : list;
}
