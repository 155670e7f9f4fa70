import { Redis } from "ioredis";
import type { JobsOptions } from "bullmq";

/** The name of a batch's queue in BullMQ. */
export function queueName(batch: string): string {
  return `pikzels-${batch}`;
}

/** The id of a job in BullMQ, which allows no colon and no plain number. */
export function jobIdOf(id: string): string {
  return `row-${encodeURIComponent(id)}`;
}

/**
 * How BullMQ treats a job. Twelve attempts, waiting 1 s, 2 s, 4 s … stretch over about half an hour;
 * what is paid but could not be saved by then is saved by the next run, well within its 24 hours.
 */
export const jobOptions: JobsOptions = {
  attempts: 12,
  backoff: { type: "exponential", delay: 1_000, jitter: 0.5 },
  // The records tell what became of a job. A job that is gone here can be queued anew by its id.
  removeOnComplete: true,
  removeOnFail: true,
};

/**
 * Connects to Redis: a URL, or the path of a socket. Commands wait for a connection that is away,
 * which BullMQ asks for, and which lets what was paid be written down when it is back.
 */
export function connect(address: string): Redis {
  const redis = new Redis(address, { maxRetriesPerRequest: null });
  let told = "";
  redis.on("error", ({ message }: Error) => {
    // Every try to connect again fails the same way; once is enough to know.
    if (message !== told) console.error(`Redis: ${message}`);
    told = message;
  });
  return redis;
}
