import { isObject } from "../../src/openapi/json.js";
import type { Problem } from "../lib/problem.js";
import { mapSchemas, mapSubschemas } from "./document-shape.js";
import type { Spec } from "./load-spec.js";
import { presenceOfFields } from "./presence-of-fields.js";

/** Each condition on the presence of fields that could not be carried over whole, and its place. */
export function unreadPresence({ document, resolve }: Spec): Problem[] {
  const problems: Problem[] = [];
  const visit = (schema: unknown, path: readonly string[]): unknown => {
    if (isObject(schema)) {
      const { unread } = presenceOfFields(schema, resolve);
      problems.push(...unread.map((message) => ({ path, message })));
    }
    return mapSubschemas(schema, visit, path);
  };
  mapSchemas(document, visit);
  return problems;
}
