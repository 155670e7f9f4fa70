import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../lib/input-error.js";
import { problemLines, problemsError } from "../lib/problem.js";
import { readCatalogFile, rowProblems, type CatalogFile, type ErrorFacts } from "./catalog-file.js";
import { publishedErrorCodes, type PublishedCodes } from "./error-codes.js";
import type { Spec } from "./load-spec.js";

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
export async function loadErrorCatalog(spec: Spec, file?: string): Promise<ErrorCatalog> {
  const published = publishedErrorCodes(spec);
  const catalog = await (file === undefined ? findCatalog(spec) : readCatalog(file, spec));
  if (!catalog) return { codes: published.codes, facts: undefined };

  const problems = [
    ...codesWithoutRow(spec, published, catalog),
    ...rowsWithoutCode(spec, published, catalog),
    ...problemLines(catalog.source, rowProblems(catalog)),
  ];
  if (problems.length > 0) throw new InputError(problems.join("\n"));
  return { codes: published.codes, facts: catalog.rows as Record<string, ErrorFacts> };
}

async function findCatalog(spec: Spec): Promise<CatalogFile | undefined> {
  for (const file of [join(dirname(spec.source.file), "errors.yaml"), OWN_CATALOG]) {
    const catalog = existsSync(file) ? await readCatalogFile(file) : undefined;
    if (catalog?.api === spec.title) return catalog;
  }
  return undefined;
}

async function readCatalog(file: string, spec: Spec): Promise<CatalogFile> {
  const catalog = await readCatalogFile(file);
  if (catalog.api === spec.title) return catalog;
  const message = `is not the catalogue of ${spec.title}, the API of ${spec.source.file}`;
  throw problemsError(catalog.source, [{ path: ["api"], message }]);
}

function codesWithoutRow(spec: Spec, { codes, path }: PublishedCodes, catalog: CatalogFile) {
  const values = codes.map((code, index) => ({ code, path: [...path, index] }));
  const missing = values.filter(({ code }) => !Object.hasOwn(catalog.rows, code));
  return problemLines(
    spec.source,
    missing.map(({ code, path: place }) => ({
      path: place,
      message: `${code} has no row in ${catalog.source.file}; add one`,
    })),
  );
}

function rowsWithoutCode(spec: Spec, { codes }: PublishedCodes, catalog: CatalogFile) {
  const superfluous = Object.keys(catalog.rows).filter((code) => !codes.includes(code));
  return problemLines(
    catalog.source,
    superfluous.map((code) => ({
      path: ["codes", code],
      message: `${code} is no error code of ${spec.source.file}; remove the row`,
    })),
  );
}
