import { existsSync } from "node:fs";
import { InputError } from "../lib/input-error.js";
import { isObject } from "../lib/json-object.js";
import { locate } from "../lib/locate.js";
import { parseDocument } from "../lib/parse-document.js";
import { valueAt } from "../lib/json-pointer.js";
import { readSourceText } from "../lib/source-text.js";

/**
 * Reads the HTTP status of each code in our error catalogue (`spec/errors.yaml`). A catalogue that
 * does not exist is empty: a first pull has nothing to compare with.
 *
 * @throws {InputError} when it is not YAML or has no `codes`.
 */
export async function readErrorCatalogue(file: string): Promise<Map<string, number>> {
  if (!existsSync(file)) return new Map();
  const source = await readSourceText(file);
  const codes = valueAt(parseDocument(source), "/codes");
  if (!isObject(codes)) {
    throw InputError.at(
      file,
      locate(source, "/codes"),
      "codes is not a mapping from codes to facts",
    );
  }
  return new Map(
    Object.entries(codes).map(([code, facts]) => [code, Number(valueAt(facts, "/status"))]),
  );
}
