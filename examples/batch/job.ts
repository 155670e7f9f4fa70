import type { ThumbnailsFromTextBody } from "pikzels-client";
import { InputError } from "../../scripts/lib/input-error.js";
import { readSourceText } from "../../scripts/lib/source-text.js";

/** One thumbnail to make. The id names it everywhere: in the queue, the records and the folder. */
export interface ThumbnailJob {
  id: string;
  body: ThumbnailsFromTextBody;
}

/**
 * Reads jobs from a file, one JSON object a line: `{ "id": "…", "body": { … } }`. What the bodies may
 * hold is left to the API; a job that it refuses is reported and costs nothing.
 *
 * @throws {InputError} naming every line that is no job, or repeats an id.
 */
export async function readJobs(file: string): Promise<ThumbnailJob[]> {
  const { text } = await readSourceText(file);
  const jobs = new Map<string, ThumbnailJob>();
  const problems: string[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const job = parseJob(line);
    if (!job) problems.push(`${file}:${index + 1}: is no job: { "id": "…", "body": { … } }`);
    else if (jobs.has(job.id)) problems.push(`${file}:${index + 1}: repeats the id ${job.id}`);
    else jobs.set(job.id, job);
  }
  if (problems.length > 0) throw new InputError(problems.join("\n"));
  return [...jobs.values()];
}

/** Makes up as many jobs as are wanted. */
export function sampleJobs(count: number): ThumbnailJob[] {
  const subjects = ["A lighthouse in a storm", "A robot that bakes bread", "The fastest snail"];
  return Array.from({ length: count }, (_, index) => ({
    id: `sample-${index + 1}`,
    body: {
      prompt: `${subjects[index % subjects.length] ?? ""}, take ${index + 1}`,
      model: "pkz_3",
      format: "16:9",
    },
  }));
}

function parseJob(line: string): ThumbnailJob | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isJob(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isJob(value: unknown): value is ThumbnailJob {
  if (typeof value !== "object" || value === null || !("id" in value) || !("body" in value))
    return false;
  // The id becomes a file name and a job id of BullMQ, which allows no colon and no plain number.
  const isName = typeof value.id === "string" && /^(?!\d+$)[\w.-]*\w$/.test(value.id);
  return isName && typeof value.body === "object" && value.body !== null;
}
