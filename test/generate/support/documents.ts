import type { JsonObject } from "../../../src/openapi/json.js";
import { schemaTypes } from "../../../scripts/generate/types/schema-types.js";
import { typedDocument } from "../../../scripts/generate/types/typed-document.js";

/** A document that contains only the given component schemas. */
export function documentOf(schemas: JsonObject, openapi = "3.0.3"): JsonObject {
  return { openapi, info: { title: "Test", version: "1" }, paths: {}, components: { schemas } };
}

/** The generated `schema.ts` of a document, unformatted. */
export function typesOf(document: JsonObject): string {
  return schemaTypes(typedDocument(document));
}
