import { isObject } from "./json.js";

/** The version of the OpenAPI Specification that a document is written in. */
export interface OpenApiVersion {
  /** As the document writes it: `3.0.3`. */
  text: string;
  major: number;
  minor: number;
}

/**
 * Reads the `openapi` field of a document.
 *
 * @returns `undefined` for whatever is not an OpenAPI 3 document.
 */
export function openApiVersion(document: unknown): OpenApiVersion | undefined {
  const text = isObject(document) ? document["openapi"] : undefined;
  const [, major, minor] = /^(3)\.(\d+)(?:\.|-|$)/.exec(typeof text === "string" ? text : "") ?? [];
  if (typeof text !== "string" || minor === undefined) return undefined;
  return { text, major: Number(major), minor: Number(minor) };
}

/** From 3.1 on, schemas are JSON Schema 2020-12, and keywords beside a `$ref` apply too. */
export function isJsonSchemaVersion(version: OpenApiVersion): boolean {
  return version.minor >= 1;
}
