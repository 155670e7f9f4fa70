/**
 * What a value of an OpenAPI document is, as far as comparing and following references goes:
 *
 * - `spec`   an object whose keys are OpenAPI's own (a schema, a response, a list of them)
 * - `info`   the info object: like `spec`, but its title is data
 * - `names`  a map whose keys the API's author chose (`properties`, `responses`)
 * - `labels` such a map whose values are only words about the names (OAuth `scopes`)
 * - `set`    a list whose order means nothing (`required`, `enum`, alternatives of `security`)
 * - `data`   any JSON value, taken as it is (`default`, extensions)
 * - `note`   words for people (`description`, `example`): no client behaves differently for them
 */
export type Role = "spec" | "info" | "names" | "labels" | "set" | "data" | "note";

const KEYWORDS: ReadonlyMap<string, Role> = new Map(
  Object.entries({
    names: [
      "callbacks",
      "content",
      "encoding",
      "headers",
      "links",
      "mapping",
      "parameters",
      "patternProperties",
      "properties",
      "requestBodies",
      "responses",
      "schemas",
      "securitySchemes",
      "variables",
    ],
    labels: ["scopes"],
    set: ["enum", "required", "security"],
    data: ["const", "default", "value"],
    note: [
      "description",
      "example",
      "examples",
      "externalDocs",
      "summary",
      "title",
      "x-codeSamples",
      "x-code-samples",
    ],
  } satisfies Partial<Record<Role, string[]>>).flatMap(([role, keywords]) =>
    keywords.map((keyword): [string, Role] => [keyword, role as Role]),
  ),
);

/** The role of what stands under `key` of an object that has the role `parent`. */
export function roleOf(key: string, parent: Role): Role {
  switch (parent) {
    case "names":
      return "spec";
    case "labels":
      return "note";
    case "spec":
      return KEYWORDS.get(key) ?? (key.startsWith("x-") ? "data" : "spec");
    case "info":
      return key === "title" ? "data" : roleOf(key, "spec");
    case "set":
    case "data":
    case "note":
      return parent;
  }
}
