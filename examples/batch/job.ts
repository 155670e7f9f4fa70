import { resolve } from "node:path";
import { RowIndex } from "../../src/cli/batch/row-index.js";
import { findOperation, readIdentifiedRows, type Row } from "../../src/cli/batch/rows.js";
import { UsageError } from "../../src/cli/errors.js";
import type { Values } from "../../src/cli/operations/request.js";
import { InputError } from "../../scripts/lib/input-error.js";

/** A row of a batch file, as it is queued. */
export interface BatchJob {
  /** Identifies the job everywhere: in the queue, the records and the folder. */
  id: string;
  /** The batch file: a path in a row is relative to it, on each machine. */
  file: string;
  line: number;
  fingerprint: string;
  operation: string;
  values: Values;
}

/**
 * Reads the jobs of a file as `npx pikzels-client batch` does.
 *
 * @throws {InputError} Naming every row that cannot be sent.
 */
export async function readJobs(file: string, operation?: string): Promise<BatchJob[]> {
  const jobs: BatchJob[] = [];
  try {
    for await (const { row, id } of readIdentifiedRows(file, operation, new RowIndex())) {
      const { line, fingerprint, values } = row;
      const common = { id, line, fingerprint, values };
      jobs.push({ ...common, file: resolve(file), operation: row.operation.id });
    }
  } catch (error) {
    throw error instanceof UsageError ? new InputError(error.message) : error;
  }
  return jobs;
}

/** The row that a job was made from. */
export function rowOf({ id, line, fingerprint, operation, values }: BatchJob): Row {
  const givenId = id.startsWith(fingerprint) ? undefined : id;
  return { givenId, line, fingerprint, operation: findOperation(operation), values, notes: [] };
}
