import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { JsonObject } from "../../src/openapi/json.js";
import { readBehaviour } from "./behaviour/behaviour-file.js";
import { readNames, type NamesFile } from "./client/names-file.js";
import { readCatalogFile, type CatalogFile } from "../lib/error-catalog-file.js";
import { readPrices, type PricesFile } from "./prices/prices-file.js";

/** What people know about an API beyond its document. */
export interface Knowledge {
  names: NamesFile;
  errors: CatalogFile | undefined;
  prices: PricesFile | undefined;
  behaviour: JsonObject | undefined;
}

/**
 * Files to read it from. By default, each is the one next to the document, or else the project's
 * own.
 */
export type KnowledgeFiles = Partial<Record<keyof Knowledge, string | undefined>>;

const OWN_FOLDER = fileURLToPath(new URL("../../spec", import.meta.url));

/**
 * Reads `names.yaml`, `errors.yaml`, `prices.yaml` and `behaviour.yaml`. Entries for operations and
 * codes that a document does not have are ignored, so the project's own files do no harm to the
 * document of another API.
 *
 * @throws {InputError} one line for each malformed entry.
 */
export async function readKnowledge(spec: string, files: KnowledgeFiles = {}): Promise<Knowledge> {
  const find = (kind: keyof Knowledge) => {
    const candidates = [dirname(spec), OWN_FOLDER].map((folder) => join(folder, `${kind}.yaml`));
    return files[kind] ?? candidates.find((file) => existsSync(file));
  };
  const [names, errors, prices] = [find("names"), find("errors"), find("prices")];
  const behaviour = find("behaviour");
  return {
    names: names === undefined ? { groups: {}, methods: {} } : await readNames(names),
    errors: errors === undefined ? undefined : await readCatalogFile(errors),
    prices: prices === undefined ? undefined : await readPrices(prices),
    behaviour: behaviour === undefined ? undefined : await readBehaviour(behaviour),
  };
}
