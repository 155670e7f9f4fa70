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
 * How BullMQ treats a job. Twelve attempts, with delays of 1 s, 2 s, 4 s …, take about half an
 * hour. What is paid but could not be saved by then is saved by the next run, well within its 24
 * hours.
 */
export const jobOptions: JobsOptions = {
  attempts: 12,
  backoff: { type: "exponential", delay: 1_000, jitter: 0.5 },
  // The records say what happened to a job. A job that was removed here can be queued again under
  // its id.
  removeOnComplete: true,
  removeOnFail: true,
};

/**
 * Connects to Redis, at a URL or the path of a socket. While the connection is away, commands wait
 * for it: BullMQ requires that, and it lets a paid job be recorded once Redis is back.
 */
export function connect(address: string): Redis {
  const redis = new Redis(address, { maxRetriesPerRequest: null });
  let told = "";
  redis.on("error", ({ message }: Error) => {
    // Every attempt to reconnect fails the same way, so report it only once.
    if (message !== told) console.error(`Redis: ${message}`);
    told = message;
  });
  return redis;
}
