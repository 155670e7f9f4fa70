import { existsSync } from "node:fs";
import { readCatalogFile } from "../lib/error-catalog-file.js";

/**
 * Reads the HTTP status of each code in our error catalogue (`spec/errors.yaml`). A catalogue that
 * does not exist is empty: a first pull has nothing to compare with.
 *
 * @throws {InputError} if the file is no error catalogue.
 */
export async function readErrorCatalogue(file: string): Promise<Map<string, number>> {
  if (!existsSync(file)) return new Map();
  const { rows } = await readCatalogFile(file);
  return new Map(Object.entries(rows).map(([code, { status }]) => [code, Number(status)]));
}
