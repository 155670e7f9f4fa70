import type { RedisLimiterOptions } from "pikzels-client/redis";

/** A connection that grants every slot, unless Redis is away, and counts what it is asked. */
export function stubConnection() {
  const state = { away: undefined as unknown, released: 0, scripts: 0 };
  const reply = (value: unknown) => () =>
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as a library may
    state.away === undefined ? Promise.resolve(value) : Promise.reject(state.away);
  const runScript = () => {
    state.scripts++;
    return reply(1)();
  };
  const redis = {
    get: reply(null),
    set: reply("OK"),
    eval: runScript,
    evalsha: runScript,
    zrem: () => {
      state.released++;
      return reply(1)();
    },
  };
  return { redis: redis as unknown as RedisLimiterOptions["redis"], state };
}
