import { isObject, listAt, stringsAt, type JsonObject } from "../../openapi/json.js";
import { dereference } from "../../openapi/references.js";

/** The kind of a field's single value; `json` is anything that a flag cannot spell. */
type FieldKind = "text" | "number" | "integer" | "boolean" | "file" | "json";

/** One value that a request takes: a field of its body, or a parameter. */
export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
  /** Given if the field holds a list of such values; how many. */
  readonly list: Range | undefined;
  readonly required: boolean;
  readonly nullable: boolean;
  /** The values that the spec lists, if it does. */
  readonly choices: readonly unknown[] | undefined;
  /** Of a number: its least and greatest value. */
  readonly range: Range;
  /** Of a text: its shortest and longest length in characters. */
  readonly length: Range;
  readonly description: string;
  readonly defaultValue: unknown;
  /** The field's own schema, references resolved at its top. */
  readonly schema: JsonObject;
}

/** Inclusive bounds; `undefined` if there is none. */
export interface Range {
  readonly min: number | undefined;
  readonly max: number | undefined;
}

/** Describes a field from its schema, written in OpenAPI 3.0 or 3.1. */
export function describeField(
  document: JsonObject,
  name: string,
  value: unknown,
  required: boolean,
): Field {
  const schema = flatten(document, value);
  const item = typesOf(schema).includes("array") ? flatten(document, schema["items"]) : undefined;
  const single = item ?? schema;
  return {
    name,
    kind: kindOf(single),
    list: item && rangeOf(schema, "minItems", "maxItems"),
    required,
    nullable: schema["nullable"] === true || typesOf(schema).includes("null"),
    choices: choicesOf(single),
    range: {
      min: boundOf(single, "minimum", "exclusiveMinimum"),
      max: boundOf(single, "maximum", "exclusiveMaximum"),
    },
    length: rangeOf(single, "minLength", "maxLength"),
    description: textOf(schema, "description") ?? (item && textOf(item, "description")) ?? "",
    defaultValue: schema["default"],
    schema,
  };
}

/** The properties of an object schema by name, those of its combined schemas too. */
export function propertiesOf(document: JsonObject, value: unknown): Map<string, unknown> {
  const properties = new Map<string, unknown>();
  for (const schema of combined(document, value)) {
    for (const [name, property] of Object.entries(objectMember(schema, "properties"))) {
      // A presence rule often repeats a property as `{}`, which adds nothing.
      const isEmpty = isObject(property) && Object.keys(property).length === 0;
      if (!properties.has(name) || !isEmpty) properties.set(name, property);
    }
  }
  return properties;
}

/** The names that an object schema requires, whatever else is given. */
export function requiredNames(document: JsonObject, value: unknown): Set<string> {
  const schema = dereference(document, value);
  return new Set([
    ...stringsAt(schema, "required"),
    ...listAt(schema, "allOf").flatMap((part) => [...requiredNames(document, part)]),
  ]);
}

/** The schema and every schema that is combined with it, each once. */
function combined(document: JsonObject, value: unknown, seen = new Set<JsonObject>()) {
  const schema = dereference(document, value);
  if (seen.has(schema)) return seen;
  seen.add(schema);
  for (const keyword of ["allOf", "anyOf", "oneOf"])
    for (const part of listAt(schema, keyword)) combined(document, part, seen);
  return seen;
}

/**
 * One schema in place of what `allOf` says together, and in place of alternatives of which all but one
 * are `null`.
 */
function flatten(document: JsonObject, value: unknown, depth = 0): JsonObject {
  const schema = dereference(document, value);
  if (depth > 8) return schema;
  const parts = listAt(schema, "allOf").map((part) => flatten(document, part, depth + 1));
  const alternatives = [...listAt(schema, "anyOf"), ...listAt(schema, "oneOf")]
    .map((part) => flatten(document, part, depth + 1))
    .filter((part) => part["type"] !== undefined);
  const other = alternatives.filter((part) => part["type"] !== "null");
  const only = other.length === 1 ? other : [];
  const isNullable = other.length < alternatives.length && { nullable: true };
  return Object.assign({}, ...parts, ...only, isNullable, schema) as JsonObject;
}

function kindOf(schema: JsonObject): FieldKind {
  const types = typesOf(schema).filter((type) => type !== "null");
  const [type, ...others] = types;
  if (others.length > 0) return "json";
  if (type === "string") {
    const isBinary = schema["format"] === "binary" || schema["contentMediaType"] !== undefined;
    return isBinary ? "file" : "text";
  }
  return type === "number" || type === "integer" || type === "boolean" ? type : "json";
}

function typesOf(schema: JsonObject): unknown[] {
  const type = schema["type"];
  if (type !== undefined) return Array.isArray(type) ? type : [type];
  const values = choicesOf(schema) ?? [];
  return [...new Set(values.map((value) => (value === null ? "null" : typeof value)))];
}

function choicesOf(schema: JsonObject): unknown[] | undefined {
  if ("const" in schema) return [schema["const"]];
  return Array.isArray(schema["enum"]) ? schema["enum"] : undefined;
}

function rangeOf(schema: JsonObject, min: string, max: string): Range {
  return { min: numberOf(schema[min]), max: numberOf(schema[max]) };
}

/** OpenAPI 3.1 has exclusive bounds as numbers; they are told as inclusive ones, the service decides. */
function boundOf(schema: JsonObject, inclusive: string, exclusive: string): number | undefined {
  return numberOf(schema[inclusive]) ?? numberOf(schema[exclusive]);
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function textOf(schema: JsonObject, name: string): string | undefined {
  const text = schema[name];
  return typeof text === "string" ? text : undefined;
}

function objectMember(schema: JsonObject, name: string): JsonObject {
  const member = schema[name];
  return isObject(member) ? member : {};
}
