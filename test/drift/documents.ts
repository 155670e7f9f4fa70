import { ApiDocument } from "../../scripts/drift/api-document.js";
import { findingsBetween } from "../../scripts/drift/index.js";
import type { Finding } from "../../scripts/drift/findings.js";
import type { JsonObject } from "../../src/openapi/json.js";

/** A document with one operation whose request and response carry a schema under `part`. */
export function apiWithSchema(schema: unknown, components: JsonObject = {}): JsonObject {
  const content = {
    "application/json": { schema: { type: "object", properties: { part: schema } } },
  };
  return apiWithOperation(
    {
      requestBody: { required: true, content },
      responses: { "200": { description: "done", content } },
    },
    { components },
  );
}

/** A document with `POST /things`. */
export function apiWithOperation(operation: JsonObject, root: JsonObject = {}): JsonObject {
  return apiWithPaths({ "/things": { post: { responses: {}, ...operation } } }, root);
}

export function apiWithPaths(paths: JsonObject, root: JsonObject = {}): JsonObject {
  return { openapi: "3.0.3", info: { title: "Things", version: "1" }, paths, ...root };
}

/**
 * The findings of drift between two documents. Each is copied first, as if read from its own file.
 */
export function findingsOf(base: JsonObject, revision: JsonObject): Finding[] {
  return findingsBetween(
    new ApiDocument(structuredClone(base), "base.json"),
    new ApiDocument(structuredClone(revision), "revision.json"),
  );
}

/** The findings as `level rule`, in order. */
export function inShort(findings: readonly Finding[]): string[] {
  return findings.map(({ level, rule }) => `${level} ${rule}`);
}
