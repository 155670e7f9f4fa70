import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { JsonObject } from "../../src/openapi/json.js";
import { readBehaviour } from "./behaviour/behaviour-file.js";
import { readNames, type NamesFile } from "./client/names-file.js";
import { readCatalogFile, type CatalogFile } from "../lib/error-catalog-file.js";
import { readPrices, type PricesFile } from "./prices/prices-file.js";

/** What people know of an API beyond its document. */
export interface Knowledge {
  names: NamesFile;
  errors: CatalogFile | undefined;
  prices: PricesFile | undefined;
  behaviour: JsonObject | undefined;
}

/** Files to read it from; each by default the one beside the document, else the project's own. */
export type KnowledgeFiles = Partial<Record<keyof Knowledge, string | undefined>>;

const OWN_FOLDER = fileURLToPath(new URL("../../spec", import.meta.url));

/**
 * Reads `names.yaml`, `errors.yaml`, `prices.yaml` and `behaviour.yaml`. What they say of operations and codes that a
 * document does not have is of no effect, so the project's own do no harm to a document of another
 * API.
 *
 * @throws {InputError} one line for each entry that is malformed.
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
