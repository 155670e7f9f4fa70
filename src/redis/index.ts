/**
 * One limit on calls in flight for any number of processes, by way of Redis.
 *
 * @module pikzels-client/redis
 */
export { createRedisLimiter, type RedisLimiter } from "./limiter.js";
export type { RedisLimiterEvent, RedisLimiterOptions } from "./options.js";
export type { RedisConnection } from "./slot.js";
