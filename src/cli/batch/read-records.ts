import { createReadStream } from "node:fs";
import { extname } from "node:path";
import { createInterface } from "node:readline";
import { CsvError, parse, type Info } from "csv-parse";
import { isObject } from "../../openapi/json.js";
import { UsageError } from "../errors.js";

/** One row of a batch file whose values have not been checked yet. */
export interface FileRecord {
  /** The line it starts on, counted from 1. */
  readonly line: number;
  /** Strings in a CSV file, or a list of them for a repeated column; JSON values in NDJSON. */
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Reads a batch file row by row: CSV with a header row, or NDJSON (`.ndjson`, `.jsonl`) with one
 * JSON object per line. Empty cells and lines count as absent. Only a chunk of the file is in
 * memory at a time.
 *
 * @throws {UsageError} Naming the line that is neither, or saying why the file cannot be read.
 */
export async function* readRecords(file: string): AsyncGenerator<FileRecord> {
  const isNdjson = /^\.(?:ndjson|jsonl)$/i.test(extname(file));
  try {
    yield* isNdjson ? readNdjson(file) : readCsv(file);
  } catch (error) {
    throw explained(error, file);
  }
}

async function* readCsv(file: string): AsyncGenerator<FileRecord> {
  const parser = parse({
    columns: (header: string[]) => header.map((name) => name.trim()),
    group_columns_by_name: true,
    bom: true,
    info: true,
    skip_empty_lines: true,
  });
  const source = createReadStream(file);
  source.on("error", (error) => parser.destroy(error)).pipe(parser);
  // The parser tells where a row ends; it begins after the one before, and after the empty lines between.
  let last = { lines: 1, empty_lines: 0 };
  for await (const { record, info } of parser as AsyncIterable<CsvRow>) {
    const line = last.lines + 1 + info.empty_lines - last.empty_lines;
    yield { line, values: withoutEmpty(record) };
    last = info;
  }
}

interface CsvRow {
  record: Record<string, string | string[]>;
  info: Info;
}

function withoutEmpty(record: CsvRow["record"]): FileRecord["values"] {
  const given = Object.entries(record).map(([name, cell]) => {
    const cells = [cell].flat().filter((text) => text !== "");
    return [name, Array.isArray(cell) ? cells : cells[0]] as const;
  });
  return Object.fromEntries(given.filter(([, cell]) => cell !== undefined && cell.length > 0));
}

async function* readNdjson(file: string): AsyncGenerator<FileRecord> {
  let line = 0;
  for await (const text of createInterface({
    input: createReadStream(file),
    crlfDelay: Infinity,
  })) {
    line++;
    if (text.trim() === "") continue;
    yield { line, values: parseLine(text, `${file}:${line}`) };
  }
}

function parseLine(text: string, place: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${place}: no JSON: ${(error as Error).message}`);
  }
  if (isObject(value)) return value;
  throw new UsageError(`${place}: each line must be a JSON object`);
}

function explained(error: unknown, file: string): unknown {
  if (error instanceof CsvError) {
    const { code, message, lines = 1 } = error as CsvError & { lines?: number };
    const isUneven = code === "CSV_RECORD_INCONSISTENT_COLUMNS";
    const reason = isUneven
      ? "has more or fewer cells than the header; a cell with a comma stands in quotes"
      : message;
    return new UsageError(`${file}:${lines}: ${reason}`);
  }
  const { code, syscall } = error as NodeJS.ErrnoException;
  return syscall === undefined
    ? error
    : new UsageError(`${file} cannot be read (${code ?? syscall})`);
}
