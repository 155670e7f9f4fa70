import { isObject, type JsonObject } from "../json.js";

/** How a parameter's value is written into the request, defaults filled in; one text to compare. */
export function serializationOf(parameter: JsonObject): string {
  if (isObject(parameter["content"])) return "content";
  const place = parameter["in"];
  const usual = place === "query" || place === "cookie" ? "form" : "simple";
  const style = typeof parameter["style"] === "string" ? parameter["style"] : usual;
  const explode = parameter["explode"] ?? style === "form";
  // Only lists and objects come apart.
  const parts = isScalar(parameter["schema"]) ? "" : ` explode=${String(explode)}`;
  return `${style}${parts} reserved=${String(parameter["allowReserved"] === true)}`;
}

function isScalar(schema: unknown): boolean {
  const type = isObject(schema) ? schema["type"] : undefined;
  return type === "string" || type === "number" || type === "integer" || type === "boolean";
}
