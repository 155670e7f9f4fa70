import { listAt, stringsAt, type JsonObject } from "../../openapi/json.js";
import { valueAt } from "../../openapi/pointer.js";
import type { Operation } from "./operations.js";
import { propertySchemas } from "./property-schemas.js";

/** The error codes that the failures of an operation publish, found at `error.code` or at `code`. */
export function errorCodesOf(document: JsonObject, operation: Operation): Set<string> {
  const codes = new Set<string>();
  const schemas = [...operation.failures.values()]
    .flatMap(({ content }) => content)
    .flatMap(({ pointer }) => (pointer === undefined ? [] : valueAt(document, pointer)));
  for (const schema of new Set(schemas)) {
    for (const alternative of alternativesOf(schema)) {
      const properties = propertySchemas(document, alternative);
      const inner = properties.get("error");
      const code =
        (inner && propertySchemas(document, inner).get("code")) ?? properties.get("code");
      for (const known of [...stringsAt(code, "enum"), code?.["const"]])
        if (typeof known === "string") codes.add(known);
    }
  }
  return codes;
}

/** A schema's alternatives, or itself: each may publish other codes. */
function alternativesOf(schema: unknown): unknown[] {
  const alternatives = ["oneOf", "anyOf"].flatMap((keyword) => listAt(schema, keyword));
  return alternatives.length > 0 ? alternatives : [schema];
}
