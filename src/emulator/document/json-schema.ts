import { isObject, listAt, objectAt, stringsAt, type JsonObject } from "../../openapi/json.js";
import { dereference, followReferences, locate, referenceOf } from "../../openapi/references.js";
import { isJsonSchemaVersion, openApiVersion } from "../../openapi/version.js";

/**
 * The direction in which a value travels: `readOnly` applies to requests, `writeOnly` to responses.
 */
export type Direction = "request" | "response";

/** Deeper than any real document, and far from where recursion would overflow the stack. */
const MAX_DEPTH = 400;

const SCHEMA_MAPS = new Set(["properties", "patternProperties", "dependentSchemas", "$defs"]);
const SCHEMA_LISTS = new Set(["allOf", "anyOf", "oneOf", "prefixItems"]);
const SCHEMAS = new Set(
  "items additionalProperties unevaluatedItems unevaluatedProperties contains propertyNames not if then else".split(
    " ",
  ),
);
const ASSERTIONS = new Set(
  (
    "$id $anchor $dynamicAnchor $dynamicRef type enum const multipleOf maximum minimum exclusiveMaximum " +
    "exclusiveMinimum maxLength minLength pattern format maxItems minItems uniqueItems maxContains " +
    "minContains maxProperties minProperties required dependentRequired"
  ).split(" "),
);

/**
 * Translates every schema of an OpenAPI document to JSON Schema 2020-12 and leaves it in its place,
 * so that a JSON Pointer into the document points at the translated schema too.
 *
 * - OpenAPI 3.0: `nullable`, boolean exclusive bounds, and siblings of `$ref`, which do not count.
 *   https://spec.openapis.org/oas/v3.0.3#schema-object
 * - A `readOnly` property must not be in a request and a `writeOnly` one not in a response, and
 *   neither is required there.
 * - A reference that leads nowhere allows everything.
 * - Of the annotations only defaults and examples stay, for samples; `example` becomes `examples`.
 *
 * @throws {TypeError} If the document is nested too deeply.
 */
export function toJsonSchemas(document: JsonObject, direction: Direction): JsonObject {
  const version = openApiVersion(document);
  const isJsonSchema = version !== undefined && isJsonSchemaVersion(version);
  const hiddenKeyword = direction === "request" ? "readOnly" : "writeOnly";
  return translateObject(document, 0);

  /** A part of the document that is not a schema itself. */
  function translatePart(part: unknown, depth: number): unknown {
    if (Array.isArray(part)) return part.map((item) => translatePart(item, depth + 1));
    return isObject(part) ? translateObject(part, depth) : part;
  }

  function translateObject(part: JsonObject, depth: number): JsonObject {
    checkDepth(depth);
    return Object.fromEntries(
      Object.entries(part).flatMap(([name, value]): [string, unknown][] => {
        if (name === "example" || name === "examples" || name === "$id") return [];
        if (name === "schema" || name === "itemSchema") return [[name, translate(value, depth)]];
        if (name === "schemas") return [[name, translateMap(value, depth)]];
        return [[name, translatePart(value, depth + 1)]];
      }),
    );
  }

  function translateMap(map: unknown, depth: number, hidden = new Set<string>()): JsonObject {
    return Object.fromEntries(
      Object.entries(isObject(map) ? map : {}).map(([name, schema]) => [
        name,
        hidden.has(name) ? false : translate(schema, depth + 1),
      ]),
    );
  }

  function translate(schema: unknown, depth: number, inherited = new Set<string>()): unknown {
    checkDepth(depth);
    if (typeof schema === "boolean") return schema;
    if (!isObject(schema)) return {};
    const reference = referenceOf(schema);
    if (reference !== undefined && !followReferences(document, locate(document, schema))) return {};
    if (reference !== undefined && !isJsonSchema) return { $ref: reference };

    const hidden = new Set([...inherited, ...hiddenProperties(schema)]);
    const translated: JsonObject = reference === undefined ? {} : { $ref: reference };
    for (const [keyword, value] of Object.entries(schema)) {
      if (SCHEMA_MAPS.has(keyword)) translated[keyword] = translateMap(value, depth, hidden);
      else if (SCHEMA_LISTS.has(keyword))
        translated[keyword] = listAt(schema, keyword).map((item) =>
          translate(item, depth + 1, hidden),
        );
      else if (SCHEMAS.has(keyword)) translated[keyword] = translate(value, depth + 1, hidden);
      else if (ASSERTIONS.has(keyword)) translated[keyword] = value;
    }
    const examples = [...listAt(schema, "examples"), schema["example"]].filter(isPlainExample);
    if (examples.length > 0) translated["examples"] = examples;
    if (isPlainExample(schema["default"])) translated["default"] = schema["default"];
    if (hidden.size > 0 && "required" in translated)
      translated["required"] = stringsAt(schema, "required").filter((name) => !hidden.has(name));
    if (!isJsonSchema) translateFrom30(schema, translated);
    return translated;
  }

  /** The names of properties that do not travel in this direction, including those of `allOf`. */
  function hiddenProperties(schema: JsonObject, levels = 8): string[] {
    const own = Object.entries(objectAt(schema, "properties"))
      .filter(([, property]) => isHidden(property))
      .map(([name]) => name);
    if (levels === 0) return own;
    const parts = listAt(schema, "allOf").slice(0, 16);
    return [
      ...own,
      ...parts.flatMap((part) => hiddenProperties(dereference(document, part), levels - 1)),
    ];
  }

  function isHidden(property: unknown): boolean {
    return (
      (isObject(property) && property[hiddenKeyword] === true) ||
      dereference(document, property)[hiddenKeyword] === true
    );
  }
}

/** Ajv would mistake an `$id` in an example for a schema's own. */
function isPlainExample(value: unknown): boolean {
  return value !== undefined && !/"\$(?:id|anchor|dynamicAnchor)":/.test(JSON.stringify(value));
}

function translateFrom30(schema: JsonObject, translated: JsonObject): void {
  replaceBound(translated, "minimum", "exclusiveMinimum");
  replaceBound(translated, "maximum", "exclusiveMaximum");
  // Without a type, `nullable` has no meaning.
  if (schema["nullable"] === true && typeof schema["type"] === "string")
    translated["type"] = [schema["type"], "null"];
}

function replaceBound(schema: JsonObject, bound: string, exclusive: string): void {
  if (typeof schema[exclusive] !== "boolean") return;
  const isExclusive = schema[exclusive] && schema[bound] !== undefined;
  Reflect.deleteProperty(schema, exclusive);
  if (!isExclusive) return;
  schema[exclusive] = schema[bound];
  Reflect.deleteProperty(schema, bound);
}

function checkDepth(depth: number): void {
  if (depth > MAX_DEPTH)
    throw new TypeError(`the document is nested more than ${MAX_DEPTH} levels deep`);
}
