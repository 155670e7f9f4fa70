import { isObject, type JsonObject } from "../../openapi/json.js";

/**
 * A schema of OpenAPI 3.0 in the words of JSON Schema, where the two differ in a way that a validator
 * stumbles over: exclusive bounds that are yes or no, and `nullable` without a type, which means nothing.
 * https://spec.openapis.org/oas/v3.0.3#schema-object
 */
export function asJsonSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(asJsonSchema);
  if (!isObject(schema)) return schema;
  const translated: JsonObject = {};
  for (const [name, value] of Object.entries(schema))
    translated[name] = isData(name) ? value : asJsonSchema(value);
  replaceBound(translated, "minimum", "exclusiveMinimum");
  replaceBound(translated, "maximum", "exclusiveMaximum");
  if (typeof translated["nullable"] === "boolean" && translated["type"] === undefined)
    delete translated["nullable"];
  return translated;
}

/** Members that hold values, not schemas. */
function isData(name: string): boolean {
  return ["enum", "const", "default", "example", "examples"].includes(name);
}

function replaceBound(schema: JsonObject, bound: string, exclusive: string): void {
  if (typeof schema[exclusive] !== "boolean") return;
  if (schema[exclusive]) {
    schema[exclusive] = schema[bound];
    Reflect.deleteProperty(schema, bound);
  } else {
    Reflect.deleteProperty(schema, exclusive);
  }
}
