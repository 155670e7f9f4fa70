import { HTTP_METHODS } from "../../../src/openapi/methods.js";
import { isObject } from "../../../src/openapi/json.js";

/** Makes a new value from one part of a document; `path` is the keys that lead there. */
export type MapPart = (part: unknown, path: readonly string[]) => unknown;

/**
 * Copies an OpenAPI 3.0 or 3.1 document with each outermost schema replaced by what `mapSchema`
 * makes of it. Goes only where the specification puts schemas, so that an example or an extension
 * that looks like one stays as it is.
 */
export function mapSchemas(document: unknown, mapSchema: MapPart): unknown {
  const content = each(keys({ schema: mapSchema }));
  const parameter = keys({ schema: mapSchema, content });
  const requestBody = keys({ content });
  const response = keys({ content, headers: each(parameter) });
  const callbacks = each(each((part, path) => pathItem(part, path)));
  const operation = keys({
    parameters: each(parameter),
    requestBody,
    responses: each(response),
    callbacks,
  });
  const pathItem = keys({
    parameters: each(parameter),
    ...Object.fromEntries(HTTP_METHODS.map((method) => [method, operation])),
  });
  const components = keys({
    schemas: each(mapSchema),
    responses: each(response),
    parameters: each(parameter),
    requestBodies: each(requestBody),
    headers: each(parameter),
    callbacks,
    pathItems: each(pathItem),
  });
  return keys({ paths: each(pathItem), webhooks: each(pathItem), components })(document, []);
}

/** Copies a schema with each schema directly inside it replaced by what `mapSchema` makes of it. */
export function mapSubschemas(schema: unknown, mapSchema: MapPart, path: readonly string[] = []) {
  return keys({
    properties: each(mapSchema),
    patternProperties: each(mapSchema),
    additionalProperties: mapSchema,
    items: mapSchema,
    prefixItems: each(mapSchema),
    allOf: each(mapSchema),
    anyOf: each(mapSchema),
    oneOf: each(mapSchema),
    not: mapSchema,
    $defs: each(mapSchema),
  })(schema, path);
}

/** Maps the values under the given keys, where there are any, and keeps the rest. */
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

/** Maps every member of a list, or every value of an object whose keys are free. */
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
