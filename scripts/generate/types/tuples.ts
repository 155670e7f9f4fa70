import { transformSchemaObject, type SchemaObject } from "openapi-typescript";
import ts from "typescript";
import { isObject, listAt, type JsonObject } from "../../../src/openapi/json.js";
import { pick } from "./keys.js";
import { DESCRIBING } from "./normalize-schema.js";
import { orNull, placeholder } from "./placeholder.js";

/**
 * Turns an array schema with `prefixItems` into a tuple: items beyond `minItems` may be missing,
 * and more may follow unless `items`, `unevaluatedItems` or `maxItems` excludes them.
 */
export function withTuple(schema: JsonObject): JsonObject {
  const prefix = listAt(schema, "prefixItems");
  if (schema["type"] !== "array" || prefix.length === 0) return schema;
  const { items, unevaluatedItems, minItems, maxItems } = schema;
  const min = typeof minItems === "number" ? minItems : 0;
  const max = typeof maxItems === "number" ? maxItems : Infinity;
  const further = items ?? unevaluatedItems;
  const shown = prefix.slice(0, max);
  const tuple = placeholder((options) => {
    const typeOf = (item: unknown) => transformSchemaObject(item as SchemaObject, options);
    const elements = shown.map((item, index) =>
      index < min ? typeOf(item) : ts.factory.createOptionalTypeNode(typeOf(item)),
    );
    const isOpen = further !== false && max > shown.length;
    const furtherType = isObject(further)
      ? typeOf(further)
      : ts.factory.createKeywordTypeNode(ts.SyntaxKind.UnknownKeyword);
    return ts.factory.createTupleTypeNode([
      ...elements,
      ...(isOpen
        ? [ts.factory.createRestTypeNode(ts.factory.createArrayTypeNode(furtherType))]
        : []),
    ]);
  });
  return {
    ...pick(schema, DESCRIBING),
    ...(schema["nullable"] === true ? orNull(tuple) : tuple),
  };
}
