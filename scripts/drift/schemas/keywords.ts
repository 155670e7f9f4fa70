import { isObject, isStringArray } from "../../../src/openapi/json.js";

/** For the reader only: nothing on the wire depends on these. */
const DOCS_KEYWORDS = new Set([
  ...["title", "description", "example", "examples", "externalDocs"],
  ...["$comment", "$schema", "$id", "$anchor", "$dynamicAnchor", "$vocabulary"],
]);

export function isDocsKeyword(keyword: string): boolean {
  return DOCS_KEYWORDS.has(keyword) || keyword.startsWith("x-");
}

const isText = (value: unknown) => typeof value === "string";
/** An integer over 2^53 is a bigint. */
const isNumber = (value: unknown) => typeof value === "number" || typeof value === "bigint";
const isFlag = (value: unknown) => typeof value === "boolean";
const isList = (value: unknown) => Array.isArray(value);
const isSchema = (value: unknown) => isFlag(value) || isObject(value);
const isAny = () => true;

/** Read into members of their own of a `SchemaView`, if they hold what they are meant to hold. */
const STRUCTURAL_KEYWORDS: Record<string, (value: unknown) => boolean> = {
  ...{ type: (value) => isText(value) || isStringArray(value), nullable: isFlag, format: isText },
  ...{ enum: isList, const: isAny, pattern: isText, default: isAny, deprecated: isFlag },
  ...{ properties: isObject, required: isStringArray, items: isAny, not: isAny },
  ...{ additionalProperties: isSchema, allOf: isList, oneOf: isList, anyOf: isList },
  ...{ readOnly: isFlag, writeOnly: isFlag, uniqueItems: isFlag, discriminator: isObject },
  ...{ minimum: isNumber, maximum: isNumber, multipleOf: (value) => typeof value === "number" },
  exclusiveMinimum: (value) => isFlag(value) || isNumber(value),
  exclusiveMaximum: (value) => isFlag(value) || isNumber(value),
  ...{ minLength: isNumber, maxLength: isNumber, minItems: isNumber, maxItems: isNumber },
  ...{ minProperties: isNumber, maxProperties: isNumber },
  // 3.0 calls these formats; other values are compared as they are.
  ...{ contentEncoding: isBase64, contentMediaType: isBinary },
  // Schemas for others to refer to; what nothing refers to has no effect.
  ...{ $defs: isObject, definitions: isObject },
};

/** Whether a `SchemaView` understands a keyword; any other is compared as it is. */
export function isUnderstood(keyword: string, value: unknown): boolean {
  return (
    (Object.hasOwn(STRUCTURAL_KEYWORDS, keyword) && STRUCTURAL_KEYWORDS[keyword]?.(value)) === true
  );
}

/** `contentEncoding: base64` of 3.1 is `format: byte` of 3.0. */
export function isBase64(contentEncoding: unknown): boolean {
  return contentEncoding === "base64";
}

/** `contentMediaType: application/octet-stream` of 3.1 is `format: binary` of 3.0. */
export function isBinary(contentMediaType: unknown): boolean {
  return contentMediaType === "application/octet-stream";
}

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
