import type { Redis } from "ioredis";
import type { RowRecords } from "../../src/cli/batch/job.js";
import type { RowEvent } from "../../src/cli/batch/journal.js";

/** The latest event of a job, with the worker that recorded it. */
export type JobRecord = RowEvent & { readonly at: string; readonly worker: string };

/** The state of each job. For a batch on one machine, the journal does this. */
export interface Records extends RowRecords {
  read: (id: string) => Promise<JobRecord | undefined>;
  all: () => Promise<Map<string, JobRecord>>;
  /** Deletes the record of the job: it will be sent when its turn comes. */
  remove: (id: string) => Promise<void>;
}

/**
 * Records that a job is about to be sent, if it has no record or was refused, which costs nothing.
 * If two workers have the same job, only one of them sends it.
 */
const OPEN = `
  local known = redis.call("HGET", KEYS[1], ARGV[1])
  if known and cjson.decode(known).state ~= "failed" then return 0 end
  redis.call("HSET", KEYS[1], ARGV[1], ARGV[2])
  return 1`;

/** The records of one batch, in a single Redis hash. */
export function openRecords(redis: Redis, batch: string, worker: string): Records {
  const key = `batch:${batch}:records`;
  const parse = (text: string) => JSON.parse(text) as JobRecord;

  return {
    async add(id, event) {
      const record = JSON.stringify({ ...event, at: new Date().toISOString(), worker });
      if (event.state !== "sending") await redis.hset(key, id, record);
      else if ((await redis.eval(OPEN, 1, key, id, record)) === 0) {
        throw new Error(`${id} is in the hands of another worker`);
      }
    },
    async read(id) {
      const text = await redis.hget(key, id);
      return text === null ? undefined : parse(text);
    },
    async all() {
      const entries = Object.entries(await redis.hgetall(key));
      return new Map(entries.map(([id, text]) => [id, parse(text)]));
    },
    async remove(id) {
      await redis.hdel(key, id);
    },
  };
}

/** Whether a job has ended in a state that a later run leaves as it is. */
export function isFinal(record: JobRecord | undefined): boolean {
  return record !== undefined && /^(?:done|unknown|lost)$/.test(record.state);
}

/** Whether a job has ended for this run. */
export function isOver(record: JobRecord | undefined): boolean {
  return isFinal(record) || record?.state === "failed";
}
