import { isStringArray, objectAt, type JsonObject } from "../../../src/openapi/json.js";
import { isJsonType } from "../../../src/openapi/media-types.js";
import { dereference } from "../../../src/openapi/references.js";
import { propertiesOf } from "./field-limits.js";
import { successResponses } from "./media-types.js";
import type { DocumentOperation } from "../../../src/openapi/operations.js";

/** What `waitUntilReady` needs to know about the operation that it polls. */
export interface Readiness {
  /** The fields of the answer that are null until it is completed. */
  fields: string[];
}

/**
 * Recognizes an operation that reads one resource by id and whose `status` ends as `completed` or
 * `failed`.
 *
 * @returns `undefined` for every other operation.
 */
export function readinessOf(
  document: JsonObject,
  operation: DocumentOperation,
): Readiness | undefined {
  if (operation.method !== "get" || !/\{[^{}]+\}\/?$/.test(operation.path)) return undefined;
  const [response] = successResponses(document, operation);
  const type = Object.keys(response?.content ?? {}).find(isJsonType);
  if (!response || type === undefined) return undefined;
  const properties = propertiesOf(document, objectAt(response.content, type)["schema"]);
  const statuses = dereference(document, properties["status"])["enum"];
  if (!isStringArray(statuses)) return undefined;
  if (!["completed", "failed"].every((status) => statuses.includes(status))) return undefined;
  return {
    fields: Object.keys(properties).filter((field) => {
      const { description } = dereference(document, properties[field]);
      return typeof description === "string" && /\bnull until completed\b/i.test(description);
    }),
  };
}
