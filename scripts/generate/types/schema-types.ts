import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import ts from "typescript";
import type { JsonObject } from "../../../src/openapi/json.js";
import { addDocstring, nameTypes, type NamedType } from "./named-types.js";

const DOCSTRINGS = new Map([
  ["paths", "Every operation by its path and method, the way openapi-fetch takes them."],
  ["components", "What the operations share, by its kind and name."],
  ["operations", "Every operation by its `operationId`."],
]);

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
  for (const node of nodes) {
    const docstring = ts.isInterfaceDeclaration(node) && DOCSTRINGS.get(node.name.text);
    if (docstring) addDocstring(node, `* ${docstring} `);
  }
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
