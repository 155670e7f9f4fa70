import { existsSync } from "node:fs";
import { readCatalogFile } from "../lib/error-catalog-file.js";

/**
 * Reads the HTTP status of each code in our error catalogue (`spec/errors.yaml`). A missing
 * catalogue counts as empty: the first pull has nothing to compare with.
 *
 * @throws {InputError} if the file is not an error catalogue.
 */
export async function readErrorCatalogue(file: string): Promise<Map<string, number>> {
  if (!existsSync(file)) return new Map();
  const { rows } = await readCatalogFile(file);
  return new Map(Object.entries(rows).map(([code, { status }]) => [code, Number(status)]));
}
