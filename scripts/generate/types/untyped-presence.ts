import { isObject } from "../../../src/openapi/json.js";
import type { Problem } from "../../lib/problem.js";
import { mapSchemas, mapSubschemas } from "./map-schemas.js";
import type { Spec } from "../load-spec.js";
import { presenceReader } from "../presence/index.js";

/** Each condition on the presence of fields that could not be carried over whole, and its place. */
export function unreadPresence({ document }: Spec): Problem[] {
  const presenceOf = presenceReader(document);
  const problems: Problem[] = [];
  const visit = (schema: unknown, path: readonly string[]): unknown => {
    if (isObject(schema)) {
      const { unread } = presenceOf(schema);
      problems.push(...unread.map((message) => ({ path, message })));
    }
    return mapSubschemas(schema, visit, path);
  };
  mapSchemas(document, visit);
  return problems;
}
