import type { JsonObject } from "../../src/openapi/json.js";
import { openApiVersion } from "../../src/openapi/version.js";
import { walkObjects } from "../../src/openapi/walk.js";
import type { Problem } from "../lib/problem.js";

/** Additions of OpenAPI 3.2 that change what a client sends or receives (3.2.0, section 4). */
const ADDED_IN_3_2 = [
  "$self",
  "additionalOperations",
  "defaultMapping",
  "itemEncoding",
  "itemSchema",
  "mediaTypes",
  "prefixEncoding",
];

/**
 * The keywords of a document's OpenAPI version, or of its JSON Schema dialect, that generation does
 * not read, with their locations.
 */
export function unreadKeywords(document: JsonObject): Problem[] {
  const found = new Map<string, Problem>();
  const dialect = document["jsonSchemaDialect"];
  if (typeof dialect === "string" && !KNOWN_DIALECTS.test(dialect)) {
    const message = `schemas of the dialect ${dialect} are read as JSON Schema 2020-12`;
    found.set("jsonSchemaDialect", { path: ["jsonSchemaDialect"], message });
  }
  if ((openApiVersion(document)?.minor ?? 0) >= 2) {
    const add = (word: string, path: readonly string[]) => {
      if (found.has(word)) return;
      const message = `${word} is new in OpenAPI 3.2 and not read; the rest is read as 3.1`;
      found.set(word, { path, message });
    };
    walkObjects(document, (object, path) => {
      for (const word of ADDED_IN_3_2) if (Object.hasOwn(object, word)) add(word, [...path, word]);
      if (object["in"] === "querystring") add("querystring", [...path, "in"]);
      const isPathItem = path.length === 2 && (path[0] === "paths" || path[0] === "webhooks");
      if (isPathItem && Object.hasOwn(object, "query")) add("query", [...path, "query"]);
    });
  }
  return [...found.values()];
}

const KNOWN_DIALECTS =
  /^https:\/\/(?:json-schema\.org\/draft\/2020-12\/schema|spec\.openapis\.org\/oas\/3\.\d+\/dialect\/.+)$/;
