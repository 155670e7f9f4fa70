import { createHash } from "node:crypto";
import { canonicalJson } from "../../openapi/equality.js";
import { UsageError } from "../errors.js";
import { loadOperations, type ApiOperation } from "../operations/operations.js";
import { preparePrompts } from "../operations/prompts.js";
import { fieldsOf, problemsWith, type Values } from "../operations/request.js";
import { listOf, parseText } from "../operations/values.js";
import { readRecords, type FileRecord } from "./read-records.js";
import type { RowIndex } from "./row-index.js";

/** One job of a batch. */
export interface Row {
  /** The line of the file. */
  readonly line: number;
  /** Its `row_id`, if the file has that column. */
  readonly givenId: string | undefined;
  /** A fingerprint of the request: the same for equal rows. */
  readonly fingerprint: string;
  readonly operation: ApiOperation;
  readonly values: Values;
  /** What was removed from its prompt and the like, one sentence each. */
  readonly notes: readonly string[];
}

/** A job with the id that identifies it in the journal and across runs. */
export interface IdentifiedRow {
  readonly row: Row;
  readonly id: string;
}

/** The columns that are not fields of a request. */
const ID_COLUMN = "row_id";
const OPERATION_COLUMN = "operation";

/** At most this many wrong rows are named; with more, they usually share one mistake. */
export const MOST_PROBLEMS = 20;

/**
 * Reads the jobs of a batch file.
 *
 * @param operationName The operation of rows that name none, as its method or its operationId.
 * @throws {UsageError} Naming the rows that cannot be sent, each with its line.
 */
export async function* readRows(file: string, operationName?: string): AsyncGenerator<Row> {
  const preset = operationName === undefined ? undefined : findOperation(operationName);
  const problems: string[] = [];
  for await (const record of readRecords(file)) {
    const { row, problem } = toRow(record, preset);
    if (row && problems.length === 0) yield row;
    if (problem === undefined) continue;
    problems.push(`${file}:${record.line}: ${problem}`);
    if (problems.length === MOST_PROBLEMS) break;
  }
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
}

/**
 * Reads the jobs of a batch file, each with its id: its own, or one made of what it asks for.
 *
 * @throws {UsageError} As `readRows`, and for an id that comes twice.
 */
export async function* readIdentifiedRows(
  file: string,
  operationName: string | undefined,
  index: RowIndex,
): AsyncGenerator<IdentifiedRow> {
  index.beginPass();
  for await (const row of readRows(file, operationName)) {
    const { givenId, fingerprint, line } = row;
    if (givenId !== undefined && !index.see(givenId)) {
      throw new UsageError(`${file}:${line}: the row_id ${givenId} has come before`);
    }
    yield { row, id: givenId ?? index.reserve(fingerprint) };
  }
}

/**
 * The operation of a method of the client, group and all, or of an operationId.
 *
 * @throws {UsageError} If there is none.
 */
export function findOperation(name: string): ApiOperation {
  const known = loadOperations();
  const found = known.find((each) => each.name === name || each.id === name);
  if (found) return found;
  throw new UsageError(
    `There is no operation ${name}; there are ${listOf(
      known.map((each) => each.name),
      "and",
    )}.`,
  );
}

function toRow({ line, values: columns }: FileRecord, preset: ApiOperation | undefined) {
  const { [ID_COLUMN]: id, [OPERATION_COLUMN]: name, ...cells } = columns;
  let operation = preset;
  try {
    if (name !== undefined) operation = findOperation(textOf(name));
  } catch (error) {
    return { problem: (error as UsageError).message };
  }
  if (!operation) return { problem: "names no operation: add a column operation, or --operation" };

  const { given, problems } = readCells(operation, cells);
  const { values: prepared, notes } = preparePrompts(operation, given);
  const problem = [...problems, ...problemsWith(operation, prepared, ({ name }) => name)].join(" ");
  if (problem !== "") return { problem };
  const row: Row = {
    line,
    givenId: id === undefined ? undefined : textOf(id),
    fingerprint: fingerprintOf(operation, given),
    operation,
    values: prepared,
    notes,
  };
  return { row };
}

/** The values of a row by the names of inputs; a column may also be called like a field of the body. */
function readCells(operation: ApiOperation, cells: FileRecord["values"]) {
  const given: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [column, cell] of Object.entries(cells)) {
    const input =
      operation.inputs.find(({ name }) => name === column) ??
      operation.inputs.find((each) => fieldsOf(each).includes(column));
    if (!input) problems.push(`${column} is no field of ${operation.name}.`);
    else if (given[input.name] !== undefined) problems.push(`${input.name} is given twice.`);
    else {
      const { value, problem } = readCell(input, cell);
      given[input.name] = value;
      if (problem !== undefined) problems.push(`${column}: ${problem}.`);
    }
  }
  return { given, problems };
}

/** A cell of a CSV file is text; of a repeated column, several. */
function readCell(input: ApiOperation["inputs"][number], cell: unknown) {
  if (typeof cell === "string") return parseText(input, cell);
  return { value: cell, problem: undefined };
}

/** NDJSON has ids that are numbers. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function fingerprintOf({ id }: ApiOperation, values: Values): string {
  const digest = createHash("sha256")
    .update(canonicalJson([id, values]))
    .digest();
  // A slice would keep the whole text in memory, for each of a million rows.
  return digest.toString("hex", 0, 8);
}
