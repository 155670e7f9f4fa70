import { InputError } from "../lib/input-error.js";
import { isObject, objectAt, type JsonObject } from "../../src/openapi/json.js";
import { valueAt } from "../../src/openapi/pointer.js";
import { parseDocument } from "../lib/parse-document.js";
import { problemsError } from "../lib/problem.js";
import { readSourceText, type SourceText } from "../lib/source-text.js";
import { referenceProblems } from "../merge/references.js";

/** An OpenAPI document and the text it came from. */
export interface Spec {
  source: SourceText;
  document: JsonObject;
  title: string;
  resolve: ResolveRef;
}

/** What a `$ref` inside the document names; `undefined` where it leads nowhere. */
export type ResolveRef = (ref: string) => unknown;

/**
 * Reads an OpenAPI 3.0 or 3.1 document, YAML or JSON, that stands on its own.
 *
 * @throws {InputError} one line for each problem: not such a document, a `$ref` to another file, a
 *   `$ref` that leads nowhere.
 */
export async function loadSpec(file: string): Promise<Spec> {
  const source = await readSourceText(file);
  const document = parseDocument(source);
  if (!isObject(document) || !/^3\.[01]\./.test(String(document["openapi"]))) {
    throw InputError.at(file, undefined, "is not an OpenAPI 3.0 or 3.1 document");
  }
  const problems = referenceProblems(document);
  if (problems.length > 0) throw problemsError(source, problems);
  const { title } = objectAt(document, "info");
  return {
    source,
    document,
    title: typeof title === "string" ? title : "",
    resolve: (ref) => valueAt(document, ref),
  };
}

/** How many references may lead from one to the next before they count as a ring. */
const MAX_HOPS = 20;

/** The object itself, or the one its `$ref` names; empty where there is none. */
export function dereference(value: unknown, resolve: ResolveRef): JsonObject {
  let target = value;
  for (let hops = 0; hops < MAX_HOPS && isObject(target); hops += 1) {
    if (typeof target["$ref"] !== "string") return target;
    target = resolve(target["$ref"]);
  }
  return {};
}
