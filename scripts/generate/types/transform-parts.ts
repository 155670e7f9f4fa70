import {
  NEVER,
  resolveRef,
  scanDiscriminators,
  transformComponentsObject,
  transformPathsObject,
  transformPathItemObject,
  transformSchemaObject,
  tsPropertyIndex,
  type GlobalContext,
  type OpenAPI3,
  type SchemaObject,
} from "openapi-typescript";
import ts from "typescript";
import { isExcludedType, transformPlaceholder } from "./placeholder.js";
import type { JsonObject } from "../../../src/openapi/json.js";

/** A part of a document that openapi-typescript cannot convert to types. */
export class TransformError extends Error {
  /** @param path keys to the part. */
  constructor(
    readonly path: readonly string[],
    reason: unknown,
  ) {
    super(
      `openapi-typescript cannot read it: ${reason instanceof Error ? reason.message : String(reason)}`,
    );
  }
}

/** The result of openapi-typescript for a part of a document. */
export interface Transformed {
  type: ts.TypeNode;
  /** The members of the type, for use in an interface. */
  members: ts.TypeElement[];
  /** Its operations, as members of `operations`. */
  operations: ts.TypeElement[];
  /** Whether it uses the helper type `WithRequired`. */
  needsWithRequired: boolean;
  /** Whether it uses the type of fields that others exclude. */
  needsExcluded: boolean;
}

/** Converts a document's parts to types one by one; each method throws a `TransformError`. */
export interface Transformer {
  path: (path: string, pathItem: unknown) => Transformed;
  webhook: (name: string, pathItem: unknown) => Transformed;
  component: (kind: string, name: string, component: unknown) => Transformed;
  /** @param name of the type, which is in neither `operations` nor `components`. */
  schema: (name: string, schema: unknown) => Transformed;
}

/**
 * A transformer based on openapi-typescript, which may add to the document what discriminators
 * imply.
 */
export function createTransformer(document: JsonObject): Transformer {
  const schema = document as unknown as OpenAPI3;
  const discriminators = attempt([], () => scanDiscriminators(schema, { silent: true }));
  const transform = (
    place: readonly string[],
    make: (ctx: GlobalContext) => ts.TypeNode,
  ): Transformed => {
    const injectFooter: ts.Node[] = [];
    const type = attempt(place, () =>
      // Without `redoc`, which is only for validating and bundling, and both have been done.
      make({
        ...OPTIONS,
        discriminators,
        injectFooter,
        resolve: ($ref) => resolveRef(schema, $ref, { silent: true }),
      } as GlobalContext),
    );
    return {
      type,
      members: ts.isTypeLiteralNode(type) ? [...type.members] : [],
      operations: injectFooter.flatMap((node) =>
        ts.isInterfaceDeclaration(node) && node.name.text === "operations" ? [...node.members] : [],
      ),
      needsWithRequired: injectFooter.some(ts.isTypeAliasDeclaration),
      needsExcluded: injectFooter.some(isExcludedType),
    };
  };
  return {
    path: (path, item) =>
      transform(["paths", path], (ctx) => transformPathsObject({ [path]: item as never }, ctx)),
    webhook: (name, item) =>
      transform(["webhooks", name], (ctx) => {
        const type = transformPathItemObject(item as never, { ctx });
        const key = tsPropertyIndex(name) as ts.PropertyName;
        return ts.factory.createTypeLiteralNode([
          ts.factory.createPropertySignature(undefined, key, undefined, type),
        ]);
      }),
    component: (kind, name, component) =>
      transform(["components", kind, name], (ctx) => {
        const [components] = transformComponentsObject({ [kind]: { [name]: component } }, ctx);
        return memberType(components, kind);
      }),
    schema: (name, schema) =>
      transform([name], (ctx) => transformSchemaObject(schema as SchemaObject, { ctx })),
  };
}

function attempt<Result>(path: readonly string[], make: () => Result): Result {
  try {
    return make();
  } catch (error) {
    throw new TransformError(path, error);
  }
}

function memberType(node: ts.Node | undefined, key: string): ts.TypeNode {
  const members = node && ts.isTypeLiteralNode(node) ? [...node.members] : [];
  const member = members.find(({ name }) => name && ts.isIdentifier(name) && name.text === key);
  return member && ts.isPropertySignature(member) && member.type ? member.type : NEVER;
}

/**
 * Whether a value is the bytes of a file: because of `format: binary` (OpenAPI 3.0), or a media
 * type without a type (3.1, "Considerations for File Uploads").
 */
function isFile(schema: object): boolean {
  const { type, format, contentMediaType, contentEncoding } = schema as JsonObject;
  if (format === "binary") return true;
  return contentMediaType !== undefined && contentEncoding === undefined && type === undefined;
}

/** The defaults of openapi-typescript's command, except for the options with a comment. */
const OPTIONS: Omit<GlobalContext, "discriminators" | "injectFooter" | "redoc" | "resolve"> = {
  additionalProperties: false,
  alphabetize: false,
  arrayLength: true, // Array types say how many items there are.
  conditionalEnums: false,
  dedupeEnums: false,
  // The server fills in the default for an omitted field, so the field may be omitted.
  defaultNonNullable: false,
  emptyObjectsUnknown: true, // An object without further description can hold anything.
  enum: false,
  enumValues: false,
  excludeDeprecated: false,
  exportType: false,
  generatePathParams: false,
  immutable: false,
  makePathsEnum: false,
  pathParamsAsTypes: false,
  postTransform: undefined,
  propertiesRequiredByDefault: false,
  readWriteMarkers: false,
  rootTypes: false,
  rootTypesKeepCasing: false,
  rootTypesNoSchemaPrefix: false,
  silent: true,
  transform: (schema, options) =>
    isFile(schema)
      ? ts.factory.createTypeReferenceNode("Blob")
      : transformPlaceholder?.(schema, options),
  transformProperty: undefined,
};
