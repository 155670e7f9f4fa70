import { stringsAt, type JsonObject } from "./json.js";

/** The values of a status that follows something that takes time. */
export interface Lifecycle {
  /** The property with the status. */
  property: string;
  processing: string;
  completed: string;
  /** Every value that it may end with instead; often only one. */
  failed: string[];
}

const STATUS_WORDS = {
  processing: /^(?:processing|pending|queued|running|in[_-]?progress|training|started|created)$/i,
  completed: /^(?:completed?|succeeded|success|done|ready|finished)$/i,
  failed: /^(?:failed|failure|error(?:ed)?|rejected|cancell?ed|aborted|expired)$/i,
};

/** Whether a status of this name means that the work is done. */
export function isCompleted(status: string): boolean {
  return STATUS_WORDS.completed.test(status);
}

/**
 * Finds the property whose values are those of something that takes time: nothing else in a schema
 * marks one.
 *
 * @param properties name → schema, with references resolved
 */
export function lifecycleOf(
  properties: Iterable<readonly [string, JsonObject]>,
): Lifecycle | undefined {
  for (const [property, schema] of properties) {
    const values = stringsAt(schema, "enum");
    const all = (words: RegExp) => values.filter((value) => words.test(value));
    const [processing] = all(STATUS_WORDS.processing);
    const [completed] = all(STATUS_WORDS.completed);
    if (processing !== undefined && completed !== undefined)
      return { property, processing, completed, failed: all(STATUS_WORDS.failed) };
  }
  return undefined;
}
