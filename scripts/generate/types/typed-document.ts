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

/** A document in the form that openapi-typescript reads correctly. */
export interface TypedDocument {
  document: JsonObject;
  /** Schemas that need a name of their own: name → schema. */
  aliases: Map<string, unknown>;
  /** Parts that no type can express. */
  problems: Problem[];
}

/**
 * Rewrites every schema of a document for openapi-typescript, which supports neither conditions on
 * the presence of fields nor ranges of array lengths, and only half of JSON Schema.
 *
 * @param taken names of types that already exist.
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

/** Rewrites schemas one by one, from the inside out. */
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

  /** A schema at its location: one with a name becomes a reference to that name. */
  readonly rewrite: MapPart = (schema, path) => {
    const name = this.#references.nameOf(toPointer(path));
    return name === undefined
      ? this.define(schema, path)
      : { ...descriptionOf(schema), ...namedPlaceholder(name) };
  };

  /** The definition of a schema, even if it has a name. */
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
    // Inner schemas first: the last steps add parts that are already in their final form.
    const inner = mapSubschemas(normal, this.rewrite, path);
    return withExactLengths(withTuple(withExclusiveUnions(inner, constraints)));
  }

  /**
   * openapi-typescript picks the fields that `allOf` requires from the type that a member refers
   * to, which must not be null. If the type is nullable, a separate member requires the fields.
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
    if (target === undefined) return true; // Already reported when references were checked.
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
      // Omits its alternatives, which extend it in turn.
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

/** The descriptive keywords of a schema that is referred to by name. */
function descriptionOf(schema: unknown): JsonObject {
  return pick(objectOf(schema), DESCRIBING);
}

function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
