import type { OpenAPITSOptions, TransformNodeOptions } from "openapi-typescript";
import ts from "typescript";
import type { JsonObject } from "../../../src/openapi/json.js";

type MakeType = (options: TransformNodeOptions) => ts.TypeNode;

const MAKE_TYPE = Symbol("makes the type");

/** A schema that openapi-typescript asks us for the type of, because it has none for it itself. */
export function placeholder(makeType: MakeType): JsonObject {
  return { type: "object", [MAKE_TYPE]: makeType };
}

/** A schema whose type is called by a name, with type arguments if there are some. */
export function namedPlaceholder(name: string, ...args: ts.TypeNode[]): JsonObject {
  return placeholder(() => ts.factory.createTypeReferenceNode(name, args));
}

/** A schema with a type of ours, or with alternatives of which one has it. */
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
