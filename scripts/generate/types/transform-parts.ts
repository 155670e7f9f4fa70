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

/** A part of a document that openapi-typescript cannot make types of. */
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

/** What openapi-typescript makes of a part of a document. */
export interface Transformed {
  type: ts.TypeNode;
  /** The members of the type, which belong to an interface. */
  members: ts.TypeElement[];
  /** Its operations, as members of `operations`. */
  operations: ts.TypeElement[];
  /** Whether it uses the helper type `WithRequired`. */
  needsWithRequired: boolean;
  /** Whether it uses the type of fields that others exclude. */
  needsExcluded: boolean;
}

/** Makes types of a document's parts one by one; each throws a `TransformError`. */
export interface Transformer {
  path: (path: string, pathItem: unknown) => Transformed;
  webhook: (name: string, pathItem: unknown) => Transformed;
  component: (kind: string, name: string, component: unknown) => Transformed;
  /** @param name of the type, which no `operations` or `components` has. */
  schema: (name: string, schema: unknown) => Transformed;
}

/** A transformer by openapi-typescript, which may add to the document what discriminators imply. */
export function createTransformer(document: JsonObject): Transformer {
  const schema = document as unknown as OpenAPI3;
  const discriminators = attempt([], () => scanDiscriminators(schema, { silent: true }));
  const transform = (
    place: readonly string[],
    make: (ctx: GlobalContext) => ts.TypeNode,
  ): Transformed => {
    const injectFooter: ts.Node[] = [];
    const type = attempt(place, () =>
      // Without `redoc`, which is only for validating and bundling, and that has been done.
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
 * Whether a value is the bytes of a file: by `format: binary` (OpenAPI 3.0), or by a media type
 * without a type (3.1, "Considerations for File Uploads").
 */
function isFile(schema: object): boolean {
  const { type, format, contentMediaType, contentEncoding } = schema as JsonObject;
  if (format === "binary") return true;
  return contentMediaType !== undefined && contentEncoding === undefined && type === undefined;
}

/** What openapi-typescript's command does by default, but for what is commented. */
const OPTIONS: Omit<GlobalContext, "discriminators" | "injectFooter" | "redoc" | "resolve"> = {
  additionalProperties: false,
  alphabetize: false,
  arrayLength: true, // Types say how many items an array has.
  conditionalEnums: false,
  dedupeEnums: false,
  // A default is what the server puts in for a field that was left out, so it may be left out.
  defaultNonNullable: false,
  emptyObjectsUnknown: true, // An object of which nothing is said holds anything.
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
