import { isObject, objectAt } from "../../../src/openapi/json.js";
import { InputError } from "../../lib/input-error.js";
import { parseDocument } from "../../lib/parse-document.js";
import { problemsError, type Problem } from "../../lib/problem.js";
import { readSourceText, type SourceText } from "../../lib/source-text.js";

/** What a successful call costs, as written in `spec/prices.yaml`. */
export interface PriceEntry {
  /** US dollars, or the lowest and the highest figure if the sources disagree. */
  usd: number | [number, number];
  /** The day or month in which the price was read, or last seen on a bill: `2026-05-11`. */
  date: string;
  source: string;
  confidence: string;
}

/** One price for every call, or one for each value of a body field. */
export type PriceRow = PriceEntry | { by: string; values: Record<string, PriceEntry> };

/** The content of `spec/prices.yaml`. */
export interface PricesFile {
  source: SourceText;
  /** By client method: `thumbnails.fromText`. */
  rows: Record<string, PriceRow>;
}

/** @throws {InputError} if the file holds no prices, or one line for each malformed price. */
export async function readPrices(file: string): Promise<PricesFile> {
  const source = await readSourceText(file);
  const document = parseDocument(source);
  if (!isObject(document) || !isObject(document["prices"])) {
    throw InputError.at(file, undefined, "holds no prices");
  }
  const rows = document["prices"];
  const problems = Object.entries(rows).flatMap(([method, row]) =>
    rowProblems(row, ["prices", method]),
  );
  if (problems.length > 0) throw problemsError(source, problems);
  return { source, rows: rows as Record<string, PriceRow> };
}

function rowProblems(row: unknown, path: string[]): Problem[] {
  if (!isObject(row) || !("by" in row)) return entryProblems(row, path);
  const values = Object.entries(objectAt(row, "values"));
  if (typeof row["by"] !== "string" || values.length === 0) {
    return [{ path, message: "needs the body field `by` and a price for each of its `values`" }];
  }
  return values.flatMap(([value, entry]) => entryProblems(entry, [...path, "values", value]));
}

function entryProblems(entry: unknown, path: string[]): Problem[] {
  const { usd, date, source, confidence } = isObject(entry) ? entry : {};
  const figures: unknown[] = Array.isArray(usd) ? usd : [usd, usd];
  const [low, high] = figures;
  const isRange = figures.length === 2 && isAmount(low) && isAmount(high) && low <= high;
  const isDay = typeof date === "string" && /^\d{4}-\d\d(?:-\d\d)?$/.test(date);
  return [
    ...(isRange ? [] : [{ path, message: "usd must be an amount, or [low, high]" }]),
    ...(isDay
      ? []
      : [{ path, message: 'date must be a day or a month in quotes, as in "2026-05-11"' }]),
    ...(typeof source === "string" && typeof confidence === "string"
      ? []
      : [{ path, message: "needs its source and its confidence" }]),
  ];
}

function isAmount(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}
