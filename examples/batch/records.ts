import type { Redis } from "ioredis";

/**
 * What is known of a job, written down before and after each step that costs money. A job without a
 * record has not been sent, or its request was refused without costing anything.
 *
 * - `sending`: the intent, written before the request leaves. If it is found later, the worker
 *   ended before it could write down what became of the request: paid or not, nobody knows.
 * - `paid`: there is a thumbnail, at an address that expires 24 hours after `at`.
 * - `saved`: it is in the folder. The end.
 * - `refused`: the API will never accept it. The end.
 * - `review`: it may have been paid; a person has to look. The end until they did.
 */
export type JobRecord =
  | { state: "sending"; at: string; worker: string }
  | { state: "paid"; at: string; output: string; requestId: string }
  | { state: "saved"; at: string; file: string; requestId: string }
  | { state: "refused"; at: string; reason: string }
  | { state: "review"; at: string; reason: string; requestId?: string };

/** The end of a job, for this run. */
export type SettledRecord = Extract<JobRecord, { state: "saved" | "refused" | "review" }>;

export interface Records {
  read(id: string): Promise<JobRecord | undefined>;
  all(): Promise<Map<string, JobRecord>>;
  /** Writes down that the job is about to be sent: `false` if it has a record already. */
  openIntent(id: string, worker: string): Promise<boolean>;
  write<Kind extends JobRecord>(id: string, record: Kind): Promise<Kind>;
  /** Forgets the job: it will be sent when its turn comes. */
  remove(id: string): Promise<void>;
}

/** The records of one batch, in one hash in Redis. */
export function openRecords(redis: Redis, batch: string): Records {
  const key = `batch:${batch}:records`;
  const parse = (text: string) => JSON.parse(text) as JobRecord;

  return {
    async read(id) {
      const text = await redis.hget(key, id);
      return text === null ? undefined : parse(text);
    },
    async all() {
      const entries = Object.entries(await redis.hgetall(key));
      return new Map(entries.map(([id, text]) => [id, parse(text)]));
    },
    async openIntent(id, worker) {
      const intent: JobRecord = { state: "sending", at: now(), worker };
      // Set only if there is nothing yet: of two workers with the same job, one sends it.
      return (await redis.hsetnx(key, id, JSON.stringify(intent))) === 1;
    },
    async write(id, record) {
      await redis.hset(key, id, JSON.stringify(record));
      return record;
    },
    async remove(id) {
      await redis.hdel(key, id);
    },
  };
}

export function isSettled(record: JobRecord | undefined): record is SettledRecord {
  return record?.state === "saved" || record?.state === "refused" || record?.state === "review";
}

export function now(): string {
  return new Date().toISOString();
}
