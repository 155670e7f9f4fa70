import { HTTP_METHODS } from "../../../src/openapi/methods.js";
import { isObject, type JsonObject } from "../../../src/openapi/json.js";
import { parameterSchema } from "../../../src/openapi/operations.js";
import { fromPointer, toPointer, valueAt } from "../../../src/openapi/pointer.js";
import { followReferences, referenceOf } from "../../../src/openapi/references.js";
import { targetOf } from "../../../src/openapi/schema-identifiers.js";
import { omit } from "./keys.js";

/** Makes a new value from one part of a document; `path` consists of the keys that lead there. */
export type MapPart = (part: unknown, path: readonly string[]) => unknown;

/**
 * Copies an OpenAPI 3 document, replacing each outermost schema with the result of `mapSchema`. The
 * schema of a body goes to `mapContent`, with its media type. Visits only the places where the
 * specification has schemas, so an example or an extension that looks like one stays as it is.
 *
 * References to schemas, and to components of the kind that is expected, are kept. Anything else
 * behind a reference is copied to where it is used. Callbacks are left out: they have no types.
 */
export function mapSchemas(
  document: JsonObject,
  mapSchema: MapPart,
  mapContent: (mediaType: string, part: unknown, path: readonly string[]) => unknown = (
    _mediaType,
    part,
    path,
  ) => mapSchema(part, path),
): JsonObject {
  const component = (kind: string, mapper: MapPart): MapPart => followed(document, kind, mapper);
  const media: MapPart = (part, path) => {
    const mediaType = path.at(-1) ?? "";
    const { schema, ...rest } = isObject(part) ? part : {};
    const mapped = mapContent(mediaType, schema, [...path, "schema"]);
    return mapped === undefined ? rest : { ...rest, schema: mapped };
  };
  const content = each(component("mediaTypes", media));
  const valued = keys({ schema: mapSchema, content });
  const parameter: MapPart = (part, path) => withSchema(valued(part, path));
  const header = component("headers", valued);
  const parameters = each(component("parameters", parameter));
  const requestBody = component("requestBodies", keys({ content }));
  const response = component("responses", keys({ content, headers: each(header) }));
  const operation = without(
    "callbacks",
    keys({ parameters, requestBody, responses: each(response) }),
  );
  const pathItem = component(
    "", // There is no type to refer to in `components` either: openapi-typescript writes it out.
    keys({
      parameters,
      ...Object.fromEntries(HTTP_METHODS.map((method) => [method, operation])),
    }),
  );
  const components = without(
    "callbacks",
    keys({
      schemas: each(mapSchema),
      responses: each(response),
      parameters,
      requestBodies: each(requestBody),
      headers: each(header),
      pathItems: each(pathItem),
    }),
  );
  const all = keys({ paths: each(pathItem), webhooks: each(pathItem), components });
  return all(document, []) as JsonObject;
}

/** Gives a parameter with `content` a schema: openapi-typescript types no other. */
function withSchema(parameter: unknown): unknown {
  if (!isObject(parameter) || !("content" in parameter)) return parameter;
  return { ...omit(parameter, ["content"]), schema: parameterSchema(parameter) ?? {} };
}

/** Copies a schema, replacing each schema directly inside it with the result of `mapSchema`. */
export function mapSubschemas(
  schema: JsonObject,
  mapSchema: MapPart,
  path: readonly string[] = [],
): JsonObject {
  return SUBSCHEMAS(mapSchema)(schema, path) as JsonObject;
}

const SUBSCHEMAS = (mapSchema: MapPart) =>
  keys({
    properties: each(mapSchema),
    patternProperties: each(mapSchema),
    additionalProperties: mapSchema,
    unevaluatedProperties: mapSchema,
    items: mapSchema,
    prefixItems: each(mapSchema),
    allOf: each(mapSchema),
    anyOf: each(mapSchema),
    oneOf: each(mapSchema),
  });

/** Keeps a reference to a component of this kind, and follows any other. */
function followed(document: JsonObject, kind: string, mapper: MapPart): MapPart {
  return (part, path) => {
    const reference = referenceOf(part);
    if (reference === undefined) return mapper(part, path);
    const pointer = toPointer(path);
    const target = targetOf(document, reference, pointer);
    const [root, section, name, ...others] = fromPointer(target ?? "");
    const isComponent =
      root === "components" && section === kind && name !== undefined && others.length === 0;
    const isItselfComponent = path[0] === "components" && path.length === 3;
    const isFinal = target !== undefined && referenceOf(valueAt(document, target)) === undefined;
    if (isComponent && isFinal && !isItselfComponent) {
      return { ...(part as JsonObject), $ref: referenceTo(target) };
    }
    const found = followReferences(document, { value: part, pointer });
    return found ? mapper(found.value, fromPointer(found.pointer)) : part;
  };
}

/** A reference in the form that openapi-typescript expects: it decodes percent-encoding. */
export function referenceTo(pointer: string): string {
  return `#${pointer.replaceAll("%", "%25")}`;
}

function without(key: string, mapper: MapPart): MapPart {
  return (part, path) => {
    return mapper(isObject(part) ? omit(part, [key]) : part, path);
  };
}

/** Maps the values under the given keys, if there are any, and keeps the rest. */
function keys(mappers: Record<string, MapPart>): MapPart {
  return (part, path) =>
    isObject(part)
      ? Object.fromEntries(
          Object.entries(part).map(([key, value]) => [
            key,
            Object.hasOwn(mappers, key) ? mappers[key]?.(value, [...path, key]) : value,
          ]),
        )
      : part;
}

/** Maps every member of a list, or every value of an object with arbitrary keys. */
function each(mapper: MapPart): MapPart {
  return (part, path) => {
    if (Array.isArray(part)) {
      return part.map((member, index) => mapper(member, [...path, String(index)]));
    }
    if (!isObject(part)) return part;
    return Object.fromEntries(
      Object.entries(part).map(([key, value]) => [key, mapper(value, [...path, key])]),
    );
  };
}
