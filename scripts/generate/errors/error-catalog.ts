import type { JsonObject } from "../../../src/openapi/json.js";
import type { CatalogFile, ErrorRow } from "../../lib/error-catalog-file.js";
import { publishedCodes } from "./published-codes.js";

/** What is known about an error code, whatever the request. */
interface ErrorFacts {
  /** `undefined` if neither the catalogue nor the document says. */
  status?: number | undefined;
  meaning: string;
  action: string;
  canSucceedLater: boolean;
}

/** Every error code of an API in the order of its document, with what is known about each. */
export type ErrorCatalog = Map<string, ErrorFacts>;

/**
 * Joins the codes of a document with the rows of the error catalogue. A code needs no row: without
 * one, its status follows from the responses that carry it, its meaning from its name, and the rest
 * from the status.
 */
export function errorCatalog(document: JsonObject, catalog?: CatalogFile): ErrorCatalog {
  return new Map(
    [...publishedCodes(document)].map(([code, statuses]) => {
      const row: ErrorRow =
        catalog && Object.hasOwn(catalog.rows, code) ? (catalog.rows[code] ?? {}) : {};
      const [only] = statuses.size === 1 ? statuses : [];
      const status = row.status ?? (Number.isInteger(only) ? only : undefined);
      return [
        code,
        {
          status,
          meaning: row.meaning ?? code.toLowerCase().replaceAll(/[_-]+/g, " "),
          action: row.action ?? actionFor(status),
          canSucceedLater: row.canSucceedLater ?? isPassing(status),
        },
      ] as const;
    }),
  );
}

function actionFor(status: number | undefined): string {
  if (status === undefined) return "Read the message of the error.";
  if (status >= 500) return "Wait, then try again.";
  return ACTIONS[status] ?? "Change the request as the message says.";
}

const ACTIONS: Partial<Record<number, string>> = {
  401: "Check the API key.",
  402: "Top up the balance of the account.",
  403: "Check what the account is allowed to do.",
  404: "Check the id and the address.",
  429: "Wait as long as Retry-After says, then try again.",
};

/**
 * Whether the identical request may succeed later: after a wait, or once the account is in order.
 */
function isPassing(status: number | undefined): boolean {
  return status !== undefined && (status >= 500 || [401, 402, 403, 429].includes(status));
}
