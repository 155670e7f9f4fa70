import { isObject, type JsonObject } from "../../../src/openapi/json.js";
import type { SchemaView } from "../schema/schema-view.js";

/** How a parameter's value is written into the request, defaults filled in; one text to compare. */
export function serializationOf(parameter: JsonObject, schema: SchemaView): string {
  if (isObject(parameter["content"])) return "content";
  const place = parameter["in"];
  const usual = place === "query" || place === "cookie" ? "form" : "simple";
  const style = typeof parameter["style"] === "string" ? parameter["style"] : usual;
  const explode =
    parameter["explode"] === undefined ? style === "form" : parameter["explode"] === true;
  // Only lists and objects come apart.
  const parts = isScalar(schema) ? "" : ` explode=${String(explode)}`;
  return `${style}${parts} reserved=${String(parameter["allowReserved"] === true)}`;
}

function isScalar({ types }: SchemaView): boolean {
  return types !== undefined && !types.has("array") && !types.has("object");
}
