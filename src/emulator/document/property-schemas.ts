import { isObject, listAt, objectAt, type JsonObject } from "../../openapi/json.js";
import { dereference } from "../../openapi/references.js";

/** Deep enough for every composition that people write. */
const MAX_LEVELS = 6;

/** The properties of an object schema by name, those of its `allOf`, `oneOf` and `anyOf` included. */
export function propertySchemas(document: JsonObject, schema: unknown): Map<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  collect(schema, MAX_LEVELS);
  return found;

  function collect(value: unknown, levels: number): void {
    const target = dereference(document, value);
    for (const [name, property] of Object.entries(objectAt(target, "properties"))) {
      const flat = flatten(property, levels);
      if (!found.has(name) || Object.keys(flat).length > 0) found.set(name, flat);
    }
    if (levels === 0) return;
    for (const keyword of ["allOf", "oneOf", "anyOf"])
      for (const branch of listAt(target, keyword).slice(0, 32)) collect(branch, levels - 1);
  }

  /** A property merged with its own `allOf` and with its first alternative that is not null. */
  function flatten(property: unknown, levels: number): JsonObject {
    const target = dereference(document, property);
    if (levels === 0) return target;
    const branches = ["oneOf", "anyOf"].map((keyword) =>
      listAt(target, keyword).find((branch) => dereference(document, branch)["type"] !== "null"),
    );
    const parts = [...listAt(target, "allOf"), ...branches]
      .filter(isObject)
      .map((part) => flatten(part, levels - 1));
    return Object.assign({}, ...parts, target) as JsonObject;
  }
}

/** Fields of a request body that carry an image, and in which way. */
export interface ImageFields {
  /** Fields with the address of an image, or a list of them. */
  urls: string[];
  /** Fields with an image as a data URL, or a list of them. */
  dataUrls: string[];
}

/**
 * Recognizes image fields by their patterns, so that the images of a new operation are checked too.
 */
export function imageFields(document: JsonObject, schema: unknown): ImageFields {
  const patterns = [...propertySchemas(document, schema)].map(([name, property]) => {
    const { pattern } = property["items"] ? dereference(document, property["items"]) : property;
    return [name, String(pattern)] as const;
  });
  const fieldsWith = (beginning: string) =>
    patterns.filter(([, pattern]) => pattern.startsWith(beginning)).map(([name]) => name);
  return { urls: fieldsWith("^https://"), dataUrls: fieldsWith("^data:image/") };
}
