import { jsonEquals } from "../../openapi/equality.js";
import { isObject, listAt, objectAt, stringsAt, type JsonObject } from "../../openapi/json.js";
import { lengthOf, matches } from "./string-keywords.js";

/** The types that a schema allows; those of its keywords if it has no `type`. */
export function typesOf(schema: JsonObject): string[] {
  if (schema["type"] !== undefined) return types(schema["type"]);
  const hints: [type: string, keywords: string[]][] = [
    [
      "object",
      ["properties", "required", "minProperties", "additionalProperties", "patternProperties"],
    ],
    ["array", ["items", "prefixItems", "minItems", "contains", "uniqueItems"]],
    ["string", ["pattern", "minLength", "maxLength", "format"]],
    ["number", ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]],
  ];
  const [hint] = hints.find(([, keywords]) => keywords.some((keyword) => keyword in schema)) ?? [];
  return hint === undefined ? [] : [hint];
}

function types(value: unknown): string[] {
  return typeof value === "string" ? [value] : stringsAt({ value }, "value");
}

/** Required properties, including those that they require through `dependentRequired`. */
export function requiredProperties(schema: JsonObject): Set<string> {
  const names = new Set(stringsAt(schema, "required"));
  const dependent = objectAt(schema, "dependentRequired");
  for (const name of names) for (const other of stringsAt(dependent, name)) names.add(other);
  return names;
}

/** The schema of a property, whether listed, matched by a pattern, or additional. */
export function propertySchema(schema: JsonObject, name: string): unknown {
  const properties = objectAt(schema, "properties");
  if (Object.hasOwn(properties, name)) return properties[name];
  const patterns = Object.entries(objectAt(schema, "patternProperties"));
  const [, byPattern] = patterns.find(([pattern]) => matches(pattern, name)) ?? [];
  return byPattern ?? schema["additionalProperties"] ?? {};
}

/** Whether a value is of a schema's type and among its values, and fits its length and pattern. */
export function mayBe(value: unknown, schema: JsonObject): boolean {
  const types = typesOf(schema);
  const isOfType =
    types.length === 0 ||
    types.some((type) => {
      if (type === "null") return value === null;
      if (type === "array") return Array.isArray(value);
      if (type === "object") return isObject(value);
      return type === "integer" ? Number.isInteger(value) : typeof value === type;
    });
  const values = schema["const"] === undefined ? listAt(schema, "enum") : [schema["const"]];
  const isListed = values.length === 0 || values.some((known) => jsonEquals(known, value));
  if (typeof value !== "string") return isOfType && isListed;
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = schema;
  const length = lengthOf(value);
  const fits = length >= Number(minLength) && length <= Number(maxLength);
  return isOfType && isListed && fits && (typeof pattern !== "string" || matches(pattern, value));
}
