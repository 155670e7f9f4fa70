import {
  isObject,
  isStringArray,
  listAt,
  objectAt,
  type JsonObject,
} from "../../../src/openapi/json.js";
import { toJsonText } from "../../lib/json-text.js";
import { NEVER, STRING } from "openapi-typescript";
import { blob, isBinary } from "./binary-content.js";
import { omit, pick } from "./keys.js";
import { isFinal, namedPlaceholder, orNull } from "./placeholder.js";

/** Keywords that determine the type of a value; the others restrict or describe it. */
const OF_TYPE: Record<string, readonly string[]> = {
  object: ["properties", "required", "additionalProperties", "patternProperties", "propertyNames"],
  array: ["items", "prefixItems", "unevaluatedItems", "minItems", "maxItems"],
};
const TYPING = [...Object.values(OF_TYPE).flat(), "type", "enum", "const", "$ref"];
const UNIONS = ["anyOf", "oneOf"] as const;
const COMPOSITIONS = ["allOf", ...UNIONS] as const;
const PRIMITIVES = ["string", "number", "integer", "boolean"];
/** Keywords that openapi-typescript prints into comments. */
export const DESCRIBING = [
  "title",
  "description",
  "deprecated",
  "default",
  "example",
  "examples",
  "format",
  "readOnly",
  "writeOnly",
];
/** Keywords for which openapi-typescript has no types, or which it treats as properties. */
const UNTYPED = ["$defs", "not", "if", "then", "else", "dependentSchemas", "contains"];

/**
 * Rewrites a schema of OpenAPI 3.0 or of JSON Schema 2020-12 in the form that openapi-typescript
 * reads correctly; the schemas inside it are left as they are.
 *
 * @returns `false` for a schema that no value meets.
 */
export function normalizeSchema(schema: JsonObject): JsonObject | false {
  const described = withPrintableTexts(schema);
  if (isBinary(described)) return inPlaceOf(described, blob());
  if (Array.isArray(described["enum"])) return normalizeEnum(described, described["enum"]);
  if ("const" in described && described["const"] === null) return { type: "null" };
  if ("const" in described) return omit(described, [...COMPOSITIONS, "type"]);
  const object = normalizeObject(described);
  return isFinal(object) ? object : normalizeCompositions(normalizeType(object));
}

/** A type of ours with the schema's descriptive keywords, and null if the schema allows it. */
function inPlaceOf(schema: JsonObject, type: JsonObject): JsonObject {
  const isNullable = schema["nullable"] === true || listAt(schema, "type").includes("null");
  return { ...pick(schema, DESCRIBING), ...(isNullable ? orNull(type) : type) };
}

function normalizeEnum(schema: JsonObject, values: readonly unknown[]): JsonObject {
  const { type } = schema;
  const isNullable = schema["nullable"] === true || (Array.isArray(type) && type.includes("null"));
  const plain = Array.isArray(type) ? type.filter((one) => one !== "null") : [type];
  const only: unknown = plain[0];
  return {
    ...pick(schema, DESCRIBING),
    ...(plain.length === 1 && typeof only === "string" && only !== "object" ? { type: only } : {}),
    enum: values,
    ...(isNullable && !values.includes(null) ? { nullable: true } : {}),
  };
}

/** A list of types becomes one type, or alternatives with one type each. */
function normalizeType(schema: JsonObject): JsonObject {
  const { type } = schema;
  if (!Array.isArray(type)) return withImpliedType(schema);
  const types = type.filter((one) => typeof one === "string" && one !== "null");
  const nullable = type.includes("null") ? { nullable: true } : {};
  const only: unknown = types[0];
  if (only === undefined) return { ...omit(schema, TYPING), type: "null" };
  if (types.length === 1) return { ...schema, ...nullable, type: only };
  const alternatives = types.map((one: string) => ({
    ...pick(schema, ["format", ...(OF_TYPE[one] ?? [])]),
    type: one,
  }));
  const rest = omit(schema, TYPING);
  const isPlain = COMPOSITIONS.every((keyword) => !(keyword in rest));
  return isPlain
    ? { ...rest, ...nullable, anyOf: alternatives }
    : { ...rest, ...nullable, allOf: [...listAt(rest, "allOf"), { anyOf: alternatives }] };
}

function withImpliedType(schema: JsonObject): JsonObject {
  const isArray = "items" in schema || "prefixItems" in schema;
  return "type" in schema || !isArray ? schema : { ...schema, type: "array" };
}

/**
 * Expresses what JSON Schema says about an object's additional fields with `properties` and
 * `additionalProperties`.
 */
function normalizeObject(schema: JsonObject): JsonObject {
  const { patternProperties, propertyNames, unevaluatedProperties, ...rest } = schema;
  const properties = objectAt(schema, "properties");
  const isComposed = [...COMPOSITIONS, "$ref"].some((keyword) => keyword in schema);
  let additional =
    schema["additionalProperties"] ?? (isComposed ? undefined : unevaluatedProperties);
  const patterns = Object.values(objectAt({ patternProperties }, "patternProperties"));
  if (patterns.length > 0) {
    additional = { anyOf: [...patterns, ...(isSchema(additional) ? [additional] : [])] };
  }
  const names = objectAt({ propertyNames }, "propertyNames")["enum"];
  if (isStringArray(names) && isSchema(additional)) {
    const named = names.filter((name) => !Object.hasOwn(properties, name));
    const further = Object.fromEntries(named.map((name) => [name, additional]));
    return { ...omit(rest, ["additionalProperties"]), properties: { ...properties, ...further } };
  }
  const undeclared = stringsOf(schema["required"]).filter(
    (name) => !Object.hasOwn(properties, name),
  );
  const isObjectSchema = schema["type"] === "object" || Object.keys(properties).length > 0;
  const declared =
    isObjectSchema && !isComposed && undeclared.length > 0
      ? {
          ...properties,
          ...Object.fromEntries(undeclared.map((name) => [name, additional ?? true])),
        }
      : properties;
  // An index signature restricts the properties next to it: no value could have one that differs.
  const isMixed = isSchema(additional) && Object.keys(declared).length > 0;
  if (additional === false && isObjectSchema && !isComposed && Object.keys(declared).length === 0) {
    return inPlaceOf(schema, namedPlaceholder("Record", STRING, NEVER));
  }
  return {
    ...rest,
    ...(Object.keys(declared).length > 0 ? { properties: declared } : {}),
    ...(additional === undefined ? {} : { additionalProperties: isMixed ? true : additional }),
  };
}

/**
 * openapi-typescript reads `anyOf` next to other keywords as one more alternative, and takes the
 * members of `allOf` for objects. Both are rewritten so that it reads them correctly.
 */
function normalizeCompositions(schema: JsonObject): JsonObject | false {
  const members = listAt(schema, "allOf").filter((member) => !isAnything(member));
  if (members.includes(false)) return false;
  let result = "allOf" in schema ? { ...schema, allOf: members } : schema;
  if (members.length === 0) result = omit(result, ["allOf"]);
  result = withoutPrototypeNames(result);
  result = normalizePrimitiveUnions(result);
  const { anyOf, ...rest } = result;
  if (!Array.isArray(anyOf)) return result;
  const isAlone = [...TYPING, "allOf", "oneOf"].every(
    (keyword) => !(keyword in rest) || (keyword === "type" && rest["type"] === "object"),
  );
  if (isAlone) return { ...omit(rest, ["type"]), anyOf: anyOf as unknown };
  return { ...rest, allOf: [...listAt(rest, "allOf"), { anyOf: anyOf as unknown }] };
}

/**
 * `type: string` with alternatives that only restrict it is a string; with constants, it is those.
 */
function normalizePrimitiveUnions(schema: JsonObject): JsonObject {
  const { type } = schema;
  if (typeof type !== "string" || ![...PRIMITIVES, "array"].includes(type)) return schema;
  let result = schema;
  for (const keyword of UNIONS) {
    if (!(keyword in schema)) continue;
    const members = listAt(schema, keyword).map((member) =>
      isObject(member) && !("type" in member) && !("$ref" in member) ? { type, ...member } : member,
    );
    const isNarrower = members.every(
      (member) =>
        isObject(member) && ["enum", "const", "$ref", ...COMPOSITIONS].some((one) => one in member),
    );
    result = isNarrower
      ? { ...omit(result, ["type"]), [keyword]: members }
      : omit(result, [keyword]);
  }
  return result;
}

/** openapi-typescript also looks for fields that `allOf` requires on the prototype of objects. */
function withoutPrototypeNames(schema: JsonObject): JsonObject {
  const properties = objectAt(schema, "properties");
  if (!("allOf" in schema)) return schema;
  const required = stringsOf(schema["required"]).filter(
    (name) => Object.hasOwn(properties, name) || !(name in Object.prototype),
  );
  return { ...schema, required };
}

/**
 * openapi-typescript prints titles, defaults and examples into comments, and assumes that they are
 * strings.
 */
function withPrintableTexts(schema: JsonObject): JsonObject {
  const entries = Object.entries(schema)
    .filter(([keyword]) => !keyword.startsWith("x-") && !UNTYPED.includes(keyword))
    .map(([keyword, value]) => [keyword, printable(keyword, value)] as const);
  return Object.fromEntries(entries);
}

function printable(keyword: string, value: unknown): unknown {
  switch (keyword) {
    case "title":
    case "description":
      return printable("default", value ?? "");
    case "default":
    case "example":
      return typeof value === "string" ? value : toJsonText(value);
    case "examples":
      return Array.isArray(value) ? value.map((one: unknown) => printable("example", one)) : [];
    case "required":
      return stringsOf(value); // A copy, because openapi-typescript adds what discriminators imply.
    default:
      return value;
  }
}

function isSchema(value: unknown): value is JsonObject {
  return isObject(value) && Object.keys(value).length > 0;
}

/**
 * Whether a schema says nothing about the type, such as `{ type: object, description }` in an
 * `allOf`.
 */
function isAnything(schema: unknown): boolean {
  if (!isObject(schema)) return schema === true;
  return [...TYPING, ...COMPOSITIONS, "nullable"].every(
    (keyword) => !(keyword in schema) || (keyword === "type" && schema["type"] === "object"),
  );
}

function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
