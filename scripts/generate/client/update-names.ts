import { parseDocument } from "yaml";
import { objectAt, type JsonObject } from "../../../src/openapi/json.js";
import { operationsOf } from "../../../src/openapi/operations.js";
import { entriesByOperation, onlyVersionOf, signatureOf } from "./method-names.js";
import type { NameEntry } from "./names-file.js";

/**
 * Updates `spec/names.yaml` to match a document: if an operation has a new path, new parameter
 * names or a new `operationId`, its entry is adjusted, and entries of removed operations are
 * deleted. If every operation has moved to one other version, that becomes the main version.
 * `drift --update` calls it before it generates from the new document.
 *
 * @param text the current file
 * @returns the updated file; the identical text if every entry is up to date
 */
export function updateNames(text: string, document: JsonObject): string {
  const file = parseDocument(text);
  const methods = objectAt(file.toJS(), "methods") as unknown as Record<string, NameEntry>;
  const entries = entriesByOperation(document, operationsOf(document), methods);
  const operationOf = new Map([...entries].map(([operation, name]) => [name, operation]));
  let changed = false;
  for (const [name, entry] of Object.entries(methods)) {
    const operation = operationOf.get(name);
    if (!operation) {
      file.deleteIn(["methods", name]);
      changed = true;
      continue;
    }
    const current = {
      operation: signatureOf(document, operation),
      operationId: operation.operationId,
    };
    for (const [field, value] of Object.entries(current)) {
      if (entry[field as keyof NameEntry] === value) continue;
      if (value === undefined) file.deleteIn(["methods", name, field]);
      else file.setIn(["methods", name, field], value);
      changed = true;
    }
  }
  const version = onlyVersionOf(document, operationsOf(document));
  if (version !== undefined && file.has("version") && file.get("version") !== version) {
    file.set("version", version);
    changed = true;
  }
  return changed ? file.toString({ lineWidth: 0 }) : text;
}
