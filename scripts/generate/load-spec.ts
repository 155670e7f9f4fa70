import { InputError } from "../lib/input-error.js";
import { toPointer, valueAt } from "../lib/json-pointer.js";
import { isObject, objectAt, type JsonObject } from "../lib/json-value.js";
import { locate } from "../lib/locate.js";
import { parseDocument } from "../lib/parse-document.js";
import { readSourceText, type SourceText } from "../lib/source-text.js";

/** An OpenAPI document and the text it came from. */
export interface Spec {
  source: SourceText;
  document: JsonObject;
  title: string;
}

/** Something wrong with one place of the document. */
export interface SpecProblem {
  pointer: string;
  message: string;
}

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
  failOn(findBadReferences(document), source);
  const { title } = objectAt(document, "info");
  return { source, document, title: typeof title === "string" ? title : "" };
}

/** Throws all problems at once, each with its line and column. */
export function failOn(problems: readonly SpecProblem[], source: SourceText): void {
  if (problems.length === 0) return;
  const lines = problems.map(({ pointer, message }) => describe(source, pointer, message));
  throw new InputError(lines.join("\n"));
}

export function describe(source: SourceText, pointer: string, message: string): string {
  return InputError.at(source.file, locate(source, pointer), message).message;
}

function findBadReferences(document: JsonObject): SpecProblem[] {
  const problems: SpecProblem[] = [];
  const visit = (value: unknown, path: readonly string[]) => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === "$ref" && typeof inner === "string") {
        const problem = problemOfReference(document, inner);
        if (problem) problems.push({ pointer: toPointer([...path, key]), message: problem });
      } else if (!NO_REFERENCES.has(key)) visit(inner, [...path, key]);
    }
  };
  visit(document, []);
  return problems;
}

/** What stands under these is data: a `$ref` in it is no reference. */
const NO_REFERENCES = new Set(["example", "examples", "default", "enum", "const"]);

function problemOfReference(document: JsonObject, ref: string): string | undefined {
  if (!ref.startsWith("#")) return `$ref to another document (${ref}): bundle the document first`;
  if (resolveReference(document, ref) === undefined) return `$ref leads nowhere: ${ref}`;
  return undefined;
}

/** What a `$ref` inside the document names, or `undefined` where nothing stands. */
export function resolveReference(document: JsonObject, ref: string): unknown {
  try {
    return valueAt(document, decodeURIComponent(ref));
  } catch {
    return undefined; // A lone % sign.
  }
}
