import { isObject, objectAt, type JsonObject } from "../../src/openapi/json.js";
import { openApiVersion } from "../../src/openapi/version.js";
import { InputError } from "./input-error.js";
import { parseDocument } from "./parse-document.js";
import { problemsError } from "./problem.js";
import { readSourceText, type SourceText } from "./source-text.js";
import { referenceProblems } from "./reference-problems.js";

/** An OpenAPI document and the text that it was parsed from. */
export interface Spec {
  source: SourceText;
  document: JsonObject;
  title: string;
}

/**
 * Reads an OpenAPI 3.0, 3.1 or 3.2 document, YAML or JSON, that is complete in one file.
 *
 * @throws {InputError} one line for each problem: it is not such a document, or a `$ref` leads to
 *   another file or nowhere.
 */
export async function loadSpec(file: string): Promise<Spec> {
  const source = await readSourceText(file);
  const document = parseDocument(source);
  const version = openApiVersion(document);
  if (!isObject(document) || !version || version.minor > 2) {
    throw InputError.at(file, undefined, "is not an OpenAPI 3.0, 3.1 or 3.2 document");
  }
  const problems = referenceProblems(document);
  if (problems.length > 0) throw problemsError(source, problems);
  const { title } = objectAt(document, "info");
  return { source, document, title: typeof title === "string" ? title : "" };
}
