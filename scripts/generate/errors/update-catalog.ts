import { parseDocument } from "yaml";
import { objectAt, type JsonObject } from "../../../src/openapi/json.js";
import type { ErrorRow } from "../../lib/error-catalog-file.js";
import { publishedCodes } from "./published-codes.js";

/** An error code as listed on the published errors page. */
export interface PublishedError {
  code: string;
  /** HTTP status. */
  status: number;
  /** What happened, in the page's words. */
  meaning?: string | undefined;
}

/**
 * Updates `spec/errors.yaml` to match a document and the published errors page: rows whose code is
 * gone from the document are deleted, codes that the page explains but that have no row get one,
 * and statuses that the page has changed are adopted. `drift --update` calls it before it generates
 * from the new document.
 *
 * @param text the current file
 * @param page the rows of the errors page; empty if it was not read
 * @returns the updated file; the identical text if every row is up to date
 */
export function updateErrorCatalog(
  text: string,
  document: JsonObject,
  page: readonly PublishedError[] = [],
): string {
  const file = parseDocument(text);
  const rows = objectAt(file.toJS(), "codes") as Record<string, ErrorRow>;
  const codes = publishedCodes(document);
  let changed = false;
  for (const code of Object.keys(rows)) {
    if (codes.has(code)) continue;
    file.deleteIn(["codes", code]);
    changed = true;
  }
  for (const { code, status, meaning } of page) {
    if (!codes.has(code)) continue;
    const row = Object.hasOwn(rows, code) ? rows[code] : undefined;
    if (row?.status === status) continue;
    if (row) file.setIn(["codes", code, "status"], status);
    else file.setIn(["codes", code], { status, ...(meaning ? { meaning } : {}) });
    changed = true;
  }
  return changed ? file.toString({ lineWidth: 0 }) : text;
}
