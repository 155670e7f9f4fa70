import { format, resolveConfig } from "prettier";
import type { JsonObject } from "../../src/openapi/json.js";
import type { SourceText } from "../lib/source-text.js";
import { methodNames } from "./client/method-names.js";
import { parseNames, type NamesFile } from "./client/names-file.js";
import { updateNames } from "./client/update-names.js";
import { updateErrorCatalog, type PublishedError } from "./errors/update-catalog.js";
import { listOperations, type Operation } from "./operation-list.js";
import { updatePrices } from "./prices/update-prices.js";

/** The files with knowledge about an API, as far as they exist. */
export interface KnowledgeTexts {
  names: SourceText | undefined;
  errors: SourceText | undefined;
  prices: SourceText | undefined;
}

/**
 * Updates knowledge about an API to match a document: deletes what it says about operations, error
 * codes and models that were removed. `drift --update` does so before it generates.
 *
 * @param source the text of the document
 * @param page the rows of the published errors page; empty if it was not read
 * @returns the new text of each file
 * @throws {InputError} If two methods would have the same name.
 */
export async function updateKnowledge(
  { source, document }: { source: SourceText; document: JsonObject },
  { names, errors, prices }: KnowledgeTexts,
  page: readonly PublishedError[],
): Promise<Map<string, string>> {
  const newNames = names && { ...names, text: updateNames(names.text, document) };
  const methods = methodsOf({ source, document }, newNames);
  const updated = [
    [names, newNames?.text],
    [errors, errors && updateErrorCatalog(errors.text, document, page)],
    [prices, prices && updatePrices(prices.text, document, methods)],
  ] as const;
  const files = new Map<string, string>();
  for (const [before, text] of updated)
    if (before && text !== undefined) files.set(before.file, await inStyle(before, text));
  return files;
}

/** The operation that each method of the client calls, by the method's name: `group.method`. */
export function methodsOf(
  { source, document }: { source: SourceText; document: JsonObject },
  names: SourceText | undefined,
): Map<string, Operation> {
  const rules: NamesFile = names ? parseNames(names) : { groups: {}, methods: {} };
  const operations = listOperations({ source, document, title: "" });
  const byId = methodNames(document, operations, rules);
  return new Map(operations.map((one) => [byId.get(one.id) ?? "", one]));
}

/** A changed text, formatted with the project's formatter. */
async function inStyle({ file, text: before }: SourceText, text: string): Promise<string> {
  return text === before ? text : format(text, { ...(await resolveConfig(file)), parser: "yaml" });
}
