import { InputError } from "../lib/input-error.js";
import { isObject, objectAt, type JsonObject } from "../../src/openapi/json.js";
import { parseDocument } from "../lib/parse-document.js";
import type { Problem } from "../lib/problem.js";
import { readSourceText, type SourceText } from "../lib/source-text.js";

/** What is known of an error code, whatever the request. */
export interface ErrorFacts {
  status: number;
  meaning: string;
  action: string;
  canSucceedLater: boolean;
}

/** An error catalogue as its file has it, the rows not looked at yet. */
export interface CatalogFile {
  source: SourceText;
  /** Title of the API it is of. */
  api: unknown;
  rows: JsonObject;
}

/** @throws {InputError} when the file is no error catalogue. */
export async function readCatalogFile(file: string): Promise<CatalogFile> {
  const source = await readSourceText(file);
  const document = parseDocument(source);
  if (isObject(document) && isObject(document["codes"])) {
    return { source, api: document["api"], rows: document["codes"] };
  }
  throw InputError.at(file, undefined, "is not an error catalogue: it has no codes");
}

const FIELDS: Record<keyof ErrorFacts, { expected: string; check: (value: unknown) => boolean }> = {
  status: { expected: "an HTTP status from 400 to 599", check: isErrorStatus },
  meaning: { expected: "a text", check: isText },
  action: { expected: "a text", check: isText },
  canSucceedLater: { expected: "true or false", check: (value) => typeof value === "boolean" },
};

/** What is wrong with the rows: fields that are missing, of a wrong kind, or misspelt. */
export function rowProblems({ rows }: CatalogFile): Problem[] {
  return Object.keys(rows).flatMap((code) => {
    const row = objectAt(rows, code);
    const problem = (field: string, what: string): Problem => ({
      path: ["codes", code, field],
      message: `${code}: ${field} ${what}`,
    });
    const wrong = Object.entries(FIELDS).filter(([field, { check }]) => !check(row[field]));
    const unknown = Object.keys(row).filter((field) => !Object.hasOwn(FIELDS, field));
    return [
      ...wrong.map(([field, { expected }]) => problem(field, `must be ${expected}`)),
      ...unknown.map((field) => problem(field, "is not a field of a row")),
    ];
  });
}

function isErrorStatus(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 400 && Number(value) <= 599;
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}
