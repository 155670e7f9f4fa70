import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../lib/input-error.js";
import { toPointer } from "../lib/json-pointer.js";
import { isObject, objectAt, type JsonObject } from "../lib/json-value.js";
import { parseDocument } from "../lib/parse-document.js";
import { readSourceText, type SourceText } from "../lib/source-text.js";
import { fromPointer } from "../lib/json-pointer.js";
import { describe, failOn, type Spec, type SpecProblem } from "./load-spec.js";
import type { ResolveRef } from "./presence-formula.js";

/** What is known of an error code, whatever the request. */
export interface ErrorFacts {
  status: number;
  meaning: string;
  action: string;
  canSucceedLater: boolean;
}

/** The error codes of an API, in the order of its enum, with what is known of each. */
export interface ErrorCatalog {
  codes: string[];
  /** `undefined` where nobody wrote a catalogue for this API. */
  facts: Record<string, ErrorFacts> | undefined;
}

/** The catalogue of the API that this project is for. */
const OWN_CATALOG = fileURLToPath(new URL("../../spec/errors.yaml", import.meta.url));

/**
 * Joins the codes of the document's `ErrorResponse` with the rows of the error catalogue.
 *
 * @param file the catalogue; without one, `errors.yaml` beside the document or else the project's
 *   own, if it says that it is of this API.
 * @throws {InputError} one line for each code without a row, row without a code, and bad row.
 */
export async function loadErrorCatalog(
  spec: Spec,
  file: string | undefined,
  resolve: ResolveRef,
): Promise<ErrorCatalog> {
  const published = findCodes(spec.document, resolve);
  const catalog = await readCatalog(spec, file);
  if (!catalog) return { codes: published.codes, facts: undefined };

  const rows = objectAt(catalog.document, "codes");
  const problems = [
    ...published.codes.flatMap((code, index) =>
      Object.hasOwn(rows, code)
        ? []
        : [
            describe(
              spec.source,
              toPointer([...published.path, String(index)]),
              `${code} has no row in ${catalog.source.file}: add status, meaning, action and canSucceedLater`,
            ),
          ],
    ),
    ...Object.keys(rows).flatMap((code) =>
      published.codes.includes(code)
        ? []
        : [
            describe(
              catalog.source,
              toPointer(["codes", code]),
              `${code} is no code of ErrorResponse in ${spec.source.file}: remove the row`,
            ),
          ],
    ),
  ];
  if (problems.length > 0) throw new InputError(problems.join("\n"));
  failOn(badFields(rows), catalog.source);
  const facts = rows as Record<string, ErrorFacts>;
  return { codes: published.codes, facts };
}

function findCodes(document: JsonObject, resolve: ResolveRef) {
  let path = ["components", "schemas", "ErrorResponse"];
  let schema: unknown = objectAt(objectAt(document, "components"), "schemas")["ErrorResponse"];
  const follow = () => {
    for (let hops = 0; hops < 20 && isObject(schema); hops += 1) {
      const ref = schema["$ref"];
      if (typeof ref !== "string") return;
      path = fromPointer(decodeURIComponent(ref));
      schema = resolve(ref);
    }
  };
  follow();
  for (const field of ["error", "code"]) {
    schema = objectAt(schema, "properties")[field];
    path = [...path, "properties", field];
    follow();
  }
  const codes = isObject(schema) && Array.isArray(schema["enum"]) ? schema["enum"] : [];
  return {
    codes: codes.filter((code): code is string => typeof code === "string"),
    path: [...path, "enum"],
  };
}

interface Catalog {
  source: SourceText;
  document: JsonObject;
}

async function readCatalog(spec: Spec, file: string | undefined): Promise<Catalog | undefined> {
  if (file !== undefined) {
    const catalog = await readCatalogFile(file);
    if (isOf(catalog, spec)) return catalog;
    const message = `is not the catalogue of ${spec.title}, the API of ${spec.source.file}`;
    throw new InputError(describe(catalog.source, "/api", message));
  }
  for (const candidate of [join(dirname(spec.source.file), "errors.yaml"), OWN_CATALOG]) {
    const catalog = existsSync(candidate) ? await readCatalogFile(candidate) : undefined;
    if (catalog && isOf(catalog, spec)) return catalog;
  }
  return undefined;
}

async function readCatalogFile(file: string): Promise<Catalog> {
  const source = await readSourceText(file);
  const document = parseDocument(source);
  if (isObject(document) && isObject(document["codes"])) return { source, document };
  throw InputError.at(file, undefined, "is not an error catalogue: it has no codes");
}

function isOf({ document }: Catalog, spec: Spec): boolean {
  return document["api"] === spec.title;
}

const FIELDS: Record<keyof ErrorFacts, [expected: string, check: (value: unknown) => boolean]> = {
  status: ["an HTTP status, 400 to 599", isErrorStatus],
  meaning: ["a text", isText],
  action: ["a text", isText],
  canSucceedLater: ["true or false", (value) => typeof value === "boolean"],
};

function badFields(rows: JsonObject): SpecProblem[] {
  return Object.keys(rows).flatMap((code) => {
    const row = objectAt(rows, code);
    const unknown = Object.keys(row).filter((field) => !Object.hasOwn(FIELDS, field));
    return [
      ...Object.entries(FIELDS).flatMap(([field, [expected, check]]) =>
        check(row[field]) ? [] : [problem(code, field, `${code}: ${field} must be ${expected}`)],
      ),
      ...unknown.map((field) => problem(code, field, `${code}: ${field} is not a known field`)),
    ];
  });
}

function problem(code: string, field: string, message: string): SpecProblem {
  return { pointer: toPointer(["codes", code, field]), message };
}

function isErrorStatus(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 400 && Number(value) <= 599;
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}
