/**
 * One limit on requests in flight for any number of processes, through Redis.
 *
 * @module pikzels-client/redis
 */
export { createRedisLimiter, type RedisLimiter } from "./limiter.js";
export type { RedisLimiterEvent, RedisLimiterOptions } from "./options.js";
export type { RedisConnection } from "./slots.js";
