export { createRedisLimiter, type RedisLimiter } from "./limiter.js";
export type { RedisLimiterEvent, RedisLimiterOptions } from "./options.js";
export type { RedisConnection } from "./slot.js";
