import type { ApiDocument } from "../api-document.js";
import { isObject } from "../../../src/openapi/json.js";
import { sameSet } from "../json.js";
import { setting, type Differences } from "./differences.js";

/** Compared operation by operation, or of no effect where no operation uses them. */
const ELSEWHERE = ["paths", "webhooks", "components", "security", "servers", "tags", "info"];

/** Compares what the documents say about themselves: words for the reader, all of it. */
export function compareDocumentDetails(
  base: ApiDocument,
  revision: ApiDocument,
  found: Differences,
): void {
  const [from, to] = [document(base), document(revision)];
  found.addRest({ base: from, revision: to }, [...ELSEWHERE, "openapi"]);
  for (const key of ["openapi", "info", "tags"]) {
    const pair = { base: setting(from, key), revision: setting(to, key) };
    if (!sameSet(parts(pair.base.value), parts(pair.revision.value)))
      found.add("docs-changed", `${key} changed`, pair);
  }
}

function document({ root }: ApiDocument) {
  return { value: root, pointer: "" };
}

/** So that neither the order of the tags nor that of the settings counts. */
function parts(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return isObject(value) ? Object.entries(value) : [value];
}
