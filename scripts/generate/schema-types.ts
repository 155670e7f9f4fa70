import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import ts from "typescript";
import type { JsonObject } from "../lib/json-object.js";
import { nameTypes, type NamedType } from "./named-types.js";

/**
 * Writes a document's `paths`, `components` and `operations` as TypeScript, by openapi-typescript;
 * parts of `operations` under names of their own.
 */
export async function schemaTypes(
  document: JsonObject,
  named: readonly NamedType[] = [],
): Promise<string> {
  const nodes = await openapiTS(document as unknown as OpenAPI3, {
    arrayLength: true,
    // A default is what the server puts in for a field that was left out, so it may be left out.
    defaultNonNullable: false,
    postTransform: withoutNestedIntersections,
    silent: true,
  });
  // As plain comments; editors show `@description` as a tag of that name.
  return astToString(nameTypes(nodes, named)).replaceAll(
    /^(\s*(?:\/\*\*|\*)) @description /gm,
    "$1 ",
  );
}

/** `A & (B & C)` → `A & B & C`, so that several rules in one body read as a list. */
function withoutNestedIntersections(type: ts.TypeNode): ts.TypeNode | undefined {
  if (!ts.isIntersectionTypeNode(type)) return undefined;
  return ts.factory.createIntersectionTypeNode(
    type.types.flatMap((part) => {
      const inner = ts.isParenthesizedTypeNode(part) ? part.type : part;
      return ts.isIntersectionTypeNode(inner) ? [...inner.types] : [part];
    }),
  );
}
