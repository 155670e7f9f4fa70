import { Redis } from "ioredis";
import { createRedisLimiter } from "pikzels-client/redis";
import { createPikzels } from "../support/client.js";

/**
 * The messages of a calling process to the test: what it has sent and received, and how it ended.
 */
export type Told = { sent: number; done: number } | { failed: string };

// Makes calls without a pause, thirty at a time, until it is told to stop or is killed.
const [redisAddress = "", baseUrl = "", leaseMs = ""] = process.argv.slice(2);
const redis = new Redis(redisAddress);
const limiter = createRedisLimiter({ redis, limit: 10, leaseMs: Number(leaseMs), pollMs: 10 });

let sent = 0;
let done = 0;
let stopping = false;
const tell = (told: Told) => process.send?.(told);

const pikzels = createPikzels({
  apiKey: "pkz_test",
  baseUrl,
  concurrency: limiter,
  onEvent: ({ type }) => {
    if (type === "request") sent++;
    if (type === "response") done++;
    tell({ sent, done });
  },
});

async function keepCalling(): Promise<void> {
  while (!stopping) {
    await pikzels.thumbnails.fromText({ prompt: "A lighthouse", model: "pkz_3", format: "16:9" });
  }
}

process.once("message", () => {
  stopping = true;
});
try {
  await Promise.all(Array.from({ length: 30 }, keepCalling));
} catch (error) {
  tell({ failed: String(error) });
}
await redis.quit();
process.disconnect();
