import { isObject } from "../../../src/openapi/json.js";
import type { Problem } from "../../lib/problem.js";
import type { Spec } from "../../lib/load-spec.js";
import { presenceReader } from "../presence/index.js";
import { mapSchemas, mapSubschemas } from "./map-schemas.js";

/**
 * Each condition on the presence of fields that could not be expressed completely, and its
 * location.
 */
export function unreadPresence({ document }: Spec): Problem[] {
  const presenceOf = presenceReader(document);
  const problems = new Map<string, Problem>();
  const visit = (schema: unknown, path: readonly string[]): unknown => {
    if (!isObject(schema)) return schema;
    for (const message of presenceOf(schema).unread) {
      problems.set([...path, message].join("/"), { path, message });
    }
    return mapSubschemas(schema, visit, path);
  };
  mapSchemas(document, visit);
  return [...problems.values()];
}
