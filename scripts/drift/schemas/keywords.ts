/** For the reader only: nothing on the wire depends on these. */
const DOCS_KEYWORDS = new Set([
  ...["title", "description", "example", "examples", "externalDocs"],
  ...["$comment", "$schema", "$id", "$anchor", "$dynamicAnchor", "$defs", "definitions"],
]);

export function isDocsKeyword(keyword: string): boolean {
  return DOCS_KEYWORDS.has(keyword) || keyword.startsWith("x-");
}

/** Read into members of their own of a `SchemaView`; every other keyword is compared as it is. */
export const STRUCTURAL_KEYWORDS: ReadonlySet<string> = new Set([
  ...["type", "nullable", "enum", "const", "format", "pattern", "default", "deprecated"],
  ...["properties", "required", "items", "additionalProperties", "not"],
  ...["allOf", "oneOf", "anyOf", "readOnly", "writeOnly"],
  ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "uniqueItems"],
  ...["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"],
]);

/** Keywords of JSON Schema 2020-12 whose schema applies to a part of the value. */
export const SUBSCHEMA_KEYWORDS: ReadonlySet<string> = new Set([
  ...["contains", "propertyNames", "unevaluatedItems", "unevaluatedProperties"],
  ...["contentSchema", "then", "else"],
]);

/** The same, with a schema for each name. */
export const SUBSCHEMA_MAP_KEYWORDS: ReadonlySet<string> = new Set([
  "patternProperties",
  "dependentSchemas",
]);

/** Further conditions: having one more refuses values, having one less promises less. */
export const CONDITION_KEYWORDS: ReadonlySet<string> = new Set([
  ...SUBSCHEMA_KEYWORDS,
  ...SUBSCHEMA_MAP_KEYWORDS,
  ...["if", "prefixItems", "minContains", "maxContains", "dependentRequired"],
  ...["contentEncoding", "contentMediaType"],
]);
