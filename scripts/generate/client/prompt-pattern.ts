import { objectAt, type JsonObject } from "../../../src/openapi/json.js";
import { dereference } from "../../../src/openapi/references.js";
import type { Operation } from "../operation-list.js";
import { propertiesOf } from "./field-limits.js";
import { jsonBodySchema } from "./operation-types.js";

/** The pattern that a document requires of prompts, from the first body field of that name. */
export function promptPattern(
  document: JsonObject,
  operations: readonly Operation[],
): string | undefined {
  const patterns = operations.map((operation) => {
    const properties = propertiesOf(document, jsonBodySchema(document, operation));
    return dereference(document, objectAt(properties, "prompt"))["pattern"];
  });
  return patterns.find((pattern) => typeof pattern === "string");
}
