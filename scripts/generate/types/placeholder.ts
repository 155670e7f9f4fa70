import type { OpenAPITSOptions, TransformNodeOptions } from "openapi-typescript";
import ts from "typescript";
import type { JsonObject } from "../../../src/openapi/json.js";

type MakeType = (options: TransformNodeOptions) => ts.TypeNode;

const MAKE_TYPE = Symbol("makes the type");

/**
 * A schema whose type we provide when openapi-typescript asks for it, because it has none of its
 * own.
 */
export function placeholder(makeType: MakeType): JsonObject {
  return { type: "object", [MAKE_TYPE]: makeType };
}

/** A schema whose type is a reference by name, with type arguments if there are any. */
export function namedPlaceholder(name: string, ...args: ts.TypeNode[]): JsonObject {
  return placeholder(() => ts.factory.createTypeReferenceNode(name, args));
}

const EXCLUDED = "Excluded";

/** A schema that no value meets. Its type is declared with `excludedDeclaration`. */
export function excludedPlaceholder(): JsonObject {
  return placeholder(({ ctx }) => {
    const excluded = ts.factory.createInterfaceDeclaration([], EXCLUDED, [], [], []);
    ctx.injectFooter.push(excluded);
    return ts.factory.createTypeReferenceNode(EXCLUDED);
  });
}

/** Whether a node shows that the type of `excludedPlaceholder` was used. */
export function isExcludedType(node: ts.Node): boolean {
  return ts.isInterfaceDeclaration(node) && node.name.text === EXCLUDED;
}

export const excludedDeclaration = `/** What a field is that another one excludes: nothing is of this type. */
interface ${EXCLUDED} {
  readonly excluded: never;
}`;

/** A schema with a type of ours, or with an alternative that has one. */
export function isFinal(schema: JsonObject): boolean {
  return MAKE_TYPE in schema || FINAL in schema;
}

const FINAL = Symbol("is final");

/** The placeholder, or null. */
export function orNull(type: JsonObject): JsonObject {
  return { oneOf: [type, { type: "null" }], [FINAL]: true };
}

/** For openapi-typescript's `transform` option. */
export const transformPlaceholder: OpenAPITSOptions["transform"] = (schema, options) => {
  const makeType = (schema as { [MAKE_TYPE]?: MakeType })[MAKE_TYPE];
  return makeType?.(options);
};
