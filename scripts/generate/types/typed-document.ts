import { isObject, type JsonObject } from "../../../src/openapi/json.js";
import { mapSchemas, mapSubschemas } from "./map-schemas.js";
import { withExclusiveUnions } from "./exclusive-unions.js";
import { presenceReader } from "../presence/index.js";
import { withExactLengths } from "./array-lengths.js";

/**
 * Rewrites every schema of a document so that openapi-typescript, which knows neither conditions on
 * the presence of fields nor ranges of array lengths, writes types that do.
 */
export function typedDocument(document: JsonObject): JsonObject {
  const presenceOf = presenceReader(document);
  const rewrite = (schema: unknown): unknown => {
    if (!isObject(schema)) return schema;
    const { rest, constraints } = presenceOf(schema);
    // Inside first: what the last two steps add is in its final form already.
    const inner = mapSubschemas(rest, rewrite) as JsonObject;
    return withExactLengths(withExclusiveUnions(inner, constraints));
  };
  return mapSchemas(document, rewrite) as JsonObject;
}
