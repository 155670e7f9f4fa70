import { isObject, objectAt, type JsonObject } from "../../openapi/json.js";
import { dereference } from "../../openapi/references.js";

/** Fields of a request body that carry an image, and in which way. */
export interface ImageFields {
  /** Fields with the address of an image, or a list of them. */
  urls: string[];
  /** Fields with an image as a data URL, or a list of them. */
  dataUrls: string[];
}

/**
 * Recognises image fields by their patterns, so that the images of a new operation are checked
 * without a change here.
 */
export function imageFields(document: JsonObject, schema: JsonObject): ImageFields {
  const fields: ImageFields = { urls: [], dataUrls: [] };
  for (const [name, property] of Object.entries(
    objectAt(dereference(document, schema), "properties"),
  )) {
    const pattern = patternOf(document, property);
    if (pattern?.startsWith("^https://")) fields.urls.push(name);
    else if (pattern?.startsWith("^data:image/")) fields.dataUrls.push(name);
  }
  return fields;
}

function patternOf(document: JsonObject, property: unknown): string | undefined {
  const { pattern, items } = dereference(document, property);
  if (typeof pattern === "string") return pattern;
  return isObject(items) ? patternOf(document, items) : undefined;
}
