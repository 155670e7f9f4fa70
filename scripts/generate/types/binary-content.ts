import { isObject, type JsonObject } from "../../../src/openapi/json.js";
import { namedPlaceholder } from "./placeholder.js";

/** Text content, including structured text; all other content is bytes. */
const TEXT =
  /^(?:text\/|application\/(?:.*\+)?(?:json|xml|yaml|x-ndjson|jsonl|javascript|x-www-form-urlencoded)|multipart\/|\*\/\*)/i;

/**
 * Whether a schema describes bytes: `format: binary` in 3.0, `contentMediaType` without an encoding
 * in 3.1.
 */
export function isBinary(schema: JsonObject): boolean {
  const { type = "string", format, contentMediaType, contentEncoding } = schema;
  if (type !== "string" || "enum" in schema || "const" in schema) return false;
  if (format === "binary") return true;
  return (
    typeof contentMediaType === "string" &&
    contentEncoding === undefined &&
    !TEXT.test(contentMediaType)
  );
}

/** The content of a body of bytes, even if its schema is missing or is only `string`. */
export function binaryContent(mediaType: string, schema: unknown): JsonObject | undefined {
  const keys = isObject(schema) ? Object.keys(schema) : [];
  const saysNothing = schema === undefined || keys.length === 0 || schema === true;
  const isString = isObject(schema) && schema["type"] === "string";
  return !TEXT.test(mediaType) && (saysNothing || isString) ? blob() : undefined;
}

export function blob(): JsonObject {
  return namedPlaceholder("Blob");
}
