import { parseDocument } from "yaml";
import { listAt, objectAt, type JsonObject } from "../../../src/openapi/json.js";
import type { DocumentOperation } from "../../../src/openapi/operations.js";
import { dereference } from "../../../src/openapi/references.js";
import { propertiesOf } from "../client/field-limits.js";
import { bodyContent } from "../client/media-types.js";
import type { PriceRow } from "./prices-file.js";

/**
 * Updates `spec/prices.yaml` to match a document: deletes the prices of removed methods, and of
 * models that are no longer accepted.
 *
 * @param text the current file
 * @param methods the operation that each method of the client calls
 * @returns the updated file; the identical text if every price is still needed
 */
export function updatePrices(
  text: string,
  document: JsonObject,
  methods: ReadonlyMap<string, DocumentOperation>,
): string {
  const file = parseDocument(text);
  const rows = objectAt(file.toJS(), "prices") as Record<string, PriceRow>;
  const gone = Object.entries(rows).flatMap(([method, row]): string[][] => {
    const operation = methods.get(method);
    if (!operation) return [[method]];
    if (!("by" in row)) return [];
    const taken = valuesOf(document, operation, row.by);
    if (taken.length === 0) return [];
    const values = Object.keys(row.values).filter((value) => !taken.includes(value));
    const isAll = values.length === Object.keys(row.values).length;
    return isAll ? [[method]] : values.map((value) => [method, "values", value]);
  });
  for (const path of gone) file.deleteIn(["prices", ...path]);
  return gone.length > 0 ? file.toString({ lineWidth: 100 }) : text;
}

/** The values that a body field may have; empty if they are not listed. */
function valuesOf(document: JsonObject, operation: DocumentOperation, field: string): unknown[] {
  const body = bodyContent(document, operation);
  const content = objectAt(dereference(document, operation.definition["requestBody"]), "content");
  const { schema } = objectAt(content, body?.mediaType ?? "");
  return listAt(dereference(document, propertiesOf(document, schema)[field]), "enum");
}
