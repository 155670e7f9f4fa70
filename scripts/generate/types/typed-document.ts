import {
  isObject,
  listAt,
  objectAt,
  stringsAt,
  type JsonObject,
} from "../../../src/openapi/json.js";
import { fromPointer, toPointer, valueAt } from "../../../src/openapi/pointer.js";
import { followReferences, referenceOf } from "../../../src/openapi/references.js";
import { isJsonSchemaVersion, openApiVersion } from "../../../src/openapi/version.js";
import type { Problem } from "../../lib/problem.js";
import { presenceReader } from "../presence/index.js";
import { withExactLengths } from "./array-lengths.js";
import { binaryContent } from "./binary-content.js";
import { withExclusiveUnions } from "./exclusive-unions.js";
import { mapSchemas, mapSubschemas, referenceTo, type MapPart } from "./map-schemas.js";
import { omit, pick } from "./keys.js";
import { DESCRIBING, normalizeSchema } from "./normalize-schema.js";
import { isFinal, namedPlaceholder } from "./placeholder.js";
import { isParentOf, SchemaReferences, targetOfReference } from "./schema-references.js";
import { withTuple } from "./tuples.js";

/** A document in the words that openapi-typescript reads right. */
export interface TypedDocument {
  document: JsonObject;
  /** Schemas that need a name of their own: name → schema. */
  aliases: Map<string, unknown>;
  /** What no type can be made of. */
  problems: Problem[];
}

/**
 * Rewrites every schema of a document for openapi-typescript, which knows neither conditions on the
 * presence of fields nor ranges of array lengths, and of JSON Schema only the half.
 *
 * @param taken names of types that exist already.
 */
export function typedDocument(document: JsonObject, taken: Iterable<string> = []): TypedDocument {
  const references = new SchemaReferences(document, schemaReferences(document), taken);
  const rewriter = new SchemaRewriter(document, references);
  const typed = mapSchemas(document, rewriter.rewrite, (mediaType, schema, path) => {
    const bytes = binaryContent(mediaType, schema);
    return schema === undefined ? bytes : (bytes ?? rewriter.rewrite(schema, path));
  });
  const aliases = new Map<string, unknown>();
  for (const [pointer, name] of references.named) {
    aliases.set(name, rewriter.define(valueAt(document, pointer), fromPointer(pointer)));
  }
  return { document: typed, aliases, problems: [...references.problems, ...rewriter.problems] };
}

/** JSON Pointers to all schemas that schemas refer to. */
function schemaReferences(document: JsonObject): string[] {
  const found = new Set<string>();
  const visit = (schema: unknown, path: readonly string[]): unknown => {
    if (!isObject(schema)) return schema;
    const reference = referenceOf(schema);
    const target = reference && targetOfReference(document, reference, toPointer(path));
    if (target !== undefined) found.add(target);
    return mapSubschemas(schema, visit, path);
  };
  mapSchemas(document, visit);
  return [...found];
}

/** Rewrites one schema after the other, the ones inside first. */
class SchemaRewriter {
  readonly problems: Problem[] = [];
  readonly #document: JsonObject;
  readonly #references: SchemaReferences;
  readonly #presenceOf: ReturnType<typeof presenceReader>;
  readonly #siblingsOfRefApply: boolean;

  constructor(document: JsonObject, references: SchemaReferences) {
    const version = openApiVersion(document);
    this.#document = document;
    this.#references = references;
    this.#presenceOf = presenceReader(document);
    this.#siblingsOfRefApply = version !== undefined && isJsonSchemaVersion(version);
  }

  /** A schema where it stands: one that has a name is called by it. */
  readonly rewrite: MapPart = (schema, path) => {
    const name = this.#references.nameOf(toPointer(path));
    return name === undefined
      ? this.define(schema, path)
      : { ...descriptionOf(schema), ...namedPlaceholder(name) };
  };

  /** What a schema says, whatever its name. */
  define(schema: unknown, path: readonly string[]): unknown {
    if (typeof schema === "boolean") return schema;
    if (!isObject(schema)) {
      this.problems.push({ path, message: "is not a schema" });
      return true;
    }
    return referenceOf(schema) === undefined
      ? this.#defineWhole(schema, path)
      : this.#reference(schema, path);
  }

  #defineWhole(schema: JsonObject, path: readonly string[]): unknown {
    const { rest, constraints } = this.#presenceOf(schema);
    const normal = normalizeSchema(this.#withoutRequiredOfNull(rest, path));
    if (normal === false || isFinal(normal)) return normal;
    // Inside first: what the last steps add is in its final form already.
    const inner = mapSubschemas(normal, this.rewrite, path);
    return withExactLengths(withTuple(withExclusiveUnions(inner, constraints)));
  }

  /**
   * openapi-typescript picks the fields that `allOf` requires from the type that a member refers to,
   * which must not be null: of one that may be, they are required by a member of their own.
   */
  #withoutRequiredOfNull(schema: JsonObject, path: readonly string[]): JsonObject {
    const members = listAt(schema, "allOf");
    const required = stringsAt(schema, "required");
    const own = objectAt(schema, "properties");
    const elsewhere = required.filter((field) => !Object.hasOwn(own, field));
    const isNullable = members.some((member) => {
      const target = dereferenceAt(this.#document, member, path);
      return target["nullable"] === true || listAt(target, "type").includes("null");
    });
    if (!isNullable || elsewhere.length === 0) return schema;
    return {
      ...schema,
      required: required.filter((field) => Object.hasOwn(own, field)),
      allOf: [...members, { type: "object", required: elsewhere }],
    };
  }

  #reference(schema: JsonObject, path: readonly string[]): unknown {
    const { $ref, ...siblings } = schema;
    const target = targetOfReference(this.#document, String($ref), toPointer(path));
    if (target === undefined) return true; // Has been reported when references were checked.
    const restricts = Object.keys(siblings).some((keyword) => !DESCRIBING.includes(keyword));
    if (this.#siblingsOfRefApply && restricts) {
      const members = [{ $ref }, ...listAt(siblings, "allOf")];
      return this.define({ ...siblings, allOf: members }, path);
    }
    return { ...descriptionOf(siblings), ...this.#called(target, path) };
  }

  #called(target: string, path: readonly string[]): JsonObject {
    const owner = path.slice(0, 3);
    const isBuiltUpon = path.length === 5 && path[3] === "allOf";
    if (isBuiltUpon && isParentOf(this.#document, target, toPointer(owner))) {
      // Without its alternatives, which are built upon it in turn.
      const parent = omit(objectOf(valueAt(this.#document, target)), [
        "oneOf",
        "anyOf",
        "discriminator",
      ]);
      return objectOf(this.define(parent, fromPointer(target)));
    }
    const name = this.#references.nameOf(target);
    return name === undefined ? { $ref: referenceTo(target) } : namedPlaceholder(name);
  }
}

function dereferenceAt(document: JsonObject, value: unknown, path: readonly string[]): JsonObject {
  return objectOf(followReferences(document, { value, pointer: toPointer(path) })?.value);
}

/** What stands in comments, of a schema that is called by a name. */
function descriptionOf(schema: unknown): JsonObject {
  return pick(objectOf(schema), DESCRIBING);
}

function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
