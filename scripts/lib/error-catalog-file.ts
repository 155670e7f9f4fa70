import { isObject, objectAt, type JsonObject } from "../../src/openapi/json.js";
import { InputError } from "./input-error.js";
import { parseDocument } from "./parse-document.js";
import { problemLines, type Problem } from "./problem.js";
import { readSourceText, type SourceText } from "./source-text.js";

/** What we know about an error code. Omitted fields follow from the document and the status. */
export interface ErrorRow {
  status?: number;
  meaning?: string;
  action?: string;
  canSucceedLater?: boolean;
}

/** An error catalogue (`spec/errors.yaml`): what is known about each code beyond the document. */
export interface CatalogFile {
  source: SourceText;
  rows: Record<string, ErrorRow>;
}

/** @throws {InputError} if the file is not an error catalogue, or one line for each bad row. */
export async function readCatalogFile(file: string): Promise<CatalogFile> {
  const source = await readSourceText(file);
  const document = parseDocument(source);
  if (!isObject(document) || !isObject(document["codes"])) {
    throw InputError.at(file, undefined, "is not an error catalogue: it has no codes");
  }
  const problems = problemLines(source, rowProblems(document["codes"]));
  if (problems.length > 0) throw new InputError(problems.join("\n"));
  return { source, rows: document["codes"] as Record<string, ErrorRow> };
}

const FIELDS: Record<keyof ErrorRow, { expected: string; check: (value: unknown) => boolean }> = {
  status: { expected: "an HTTP status from 400 to 599", check: isErrorStatus },
  meaning: { expected: "a text", check: isText },
  action: { expected: "a text", check: isText },
  canSucceedLater: { expected: "true or false", check: (value) => typeof value === "boolean" },
};

/** What is wrong with the rows: fields of the wrong type, or misspelled. */
function rowProblems(rows: JsonObject): Problem[] {
  return Object.keys(rows).flatMap((code) => {
    const row = objectAt(rows, code);
    const problem = (field: string, what: string): Problem => ({
      path: ["codes", code, field],
      message: `${code}: ${field} ${what}`,
    });
    const wrong = Object.entries(FIELDS).filter(
      ([field, { check }]) => Object.hasOwn(row, field) && !check(row[field]),
    );
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
