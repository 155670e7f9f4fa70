import { parseDocument } from "../../lib/parse-document.js";
import { readSourceText } from "../../lib/source-text.js";
import { ApiDocument } from "../api-document.js";

/**
 * Reads an OpenAPI document from a file.
 *
 * @throws {InputError} when it cannot be read or is not one.
 */
export async function readSpec(file: string): Promise<ApiDocument> {
  return new ApiDocument(parseDocument(await readSourceText(file)), file);
}
