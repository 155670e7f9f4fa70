import { dirname, join, resolve } from "node:path";
import { isPikzelsError, type Pikzels } from "pikzels-client";
import { readImage } from "pikzels-client/node";
import { contentOf, saveContent } from "../operations/content.js";
import { openFile, type FileReaders } from "../operations/file-values.js";
import { invoke } from "../operations/invoke.js";
import { endingOf } from "../operations/media-types.js";
import { picturesIn } from "../operations/pictures.js";
import type { Cost } from "../operations/price-list.js";
import { costOf } from "../operations/prices.js";
import { buildRequest } from "../operations/request.js";
import type { RowEvent } from "./journal.js";
import type { Row } from "./rows.js";
import { saveRowPictures } from "./save-pictures.js";

/** Records what has become of each row: in a journal, or in a store that machines share. */
export interface RowRecords {
  /**
   * Adds what has happened to a row, and resolves once it cannot be lost any more.
   *
   * @param paid What the service answered, if this is the first record that holds it.
   */
  add: (id: string, event: RowEvent, paid?: unknown) => Promise<void>;
}

/** What all jobs of a batch share. */
export interface JobContext {
  readonly pikzels: Pikzels;
  readonly records: RowRecords;
  readonly readers: FileReaders;
  /** The folder for pictures. */
  readonly folder: string;
  /** Aborts requests in flight, whose outcome becomes unknown. */
  readonly signal: AbortSignal;
}

/** What was paid for and still has to be saved under a name. */
export interface PaidRow {
  readonly answer: unknown;
  readonly name: string;
}

/** Read the files that rows name; a relative path starts at the batch file's folder. */
export function readersBeside(file: string): FileReaders {
  const beside = (path: string) => resolve(dirname(file), path);
  return {
    readImage: (path) => readImage(beside(path)),
    readFile: (path) => openFile(beside(path)),
  };
}

/** The most that a row can cost; 0 if no price is known. */
export function costOfRow({ operation, values }: Row): Cost {
  return costOf({ operation, body: values }) ?? { low: 0, high: 0 };
}

/**
 * Sends the request of a row. That it will be sent is written down before, and what was paid for before
 * anything else can go wrong. An answer that is no JSON is saved as it comes.
 *
 * @param nameFor Names the files of the row, without an ending.
 * @returns What is to be saved with `saveRow`; `undefined` if the row is done.
 * @throws Whatever came in the way; `judge` says what that means for the row.
 */
export async function sendRow(
  id: string,
  row: Row,
  nameFor: () => string,
  { pikzels, records, readers, folder, signal }: JobContext,
): Promise<PaidRow | undefined> {
  const { operation, values, line, fingerprint } = row;
  const request = await buildRequest(operation, values, readers);
  const cost = costOfRow(row);
  await records.add(id, { state: "sending", line, operation: operation.id, cost, fingerprint });
  const answer = await invoke(pikzels, request, { signal });

  const content = contentOf(operation, answer);
  if (content !== undefined) {
    const type = content instanceof Blob && content.type ? content.type : operation.answerType;
    const file = `${nameFor()}${endingOf(type)}`;
    await saveContent(content, join(folder, file));
    await records.add(id, { state: "done", answer: null, files: [file] });
    return undefined;
  }
  if (!operation.givesPictures || picturesIn(answer).length === 0) {
    await records.add(id, { state: "done", answer, files: [] }, answer);
    return undefined;
  }
  const name = nameFor();
  await records.add(id, { state: "answered", answer, name }, answer);
  return { answer, name };
}

/**
 * Saves the pictures of a row that was paid for. If their addresses have expired, the row is lost.
 *
 * @throws {PikzelsError} If they cannot be saved now: the row stays answered.
 */
export async function saveRow(
  id: string,
  { answer, name }: PaidRow,
  { records, folder, signal }: JobContext,
): Promise<void> {
  try {
    const files = await saveRowPictures(picturesIn(answer), folder, name, signal);
    await records.add(id, { state: "done", answer, files });
  } catch (error) {
    if (!isPikzelsError(error) || error.name !== "PikzelsExpiredError") throw error;
    await records.add(id, { state: "lost", answer, reason: error.message });
  }
}
