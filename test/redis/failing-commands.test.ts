import { PikzelsConnectionError } from "pikzels-client";
import { createRedisLimiter } from "pikzels-client/redis";
import { describe, expect, test, vi } from "vitest";
import { placesOf } from "../reliability/support/find-secret.js";
import { stubConnection } from "./stub-connection.js";

describe("the error of a call that Redis granted no slot", () => {
  test.each<[what: string, reason: unknown, cause: object]>([
    ["the reason", new TypeError("read-only"), { name: "TypeError", message: "read-only" }],
    [
      "its code",
      Object.assign(new Error("refused"), { code: "ECONNREFUSED", command: { args: ["secret"] } }),
      { message: "refused", code: "ECONNREFUSED" },
    ],
    ["that there is none, if it is no error", "secret", { message: "no reason given" }],
    ["that there is none, if it is null", null, { message: "no reason given" }],
  ])("gives %s", async (_what, reason, cause) => {
    const { redis, state } = stubConnection();
    state.away = reason;
    const limiter = createRedisLimiter({ redis, onUnavailable: "error" });

    const error: unknown = await limiter.acquire().catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(PikzelsConnectionError);
    expect(error).toMatchObject({ outcome: "not-sent", cause });
    expect(placesOf("secret", error)).toEqual([]);
  });
});

test("a pause asks Redis for nothing while an earlier command is unanswered", async () => {
  const { redis, state } = stubConnection();
  vi.spyOn(redis, "get").mockReturnValue(new Promise(() => undefined));
  const limiter = createRedisLimiter({ redis, commandTimeoutMs: 1 });
  await expect(limiter.acquire()).rejects.toThrow("no answer within 1 ms");

  limiter.pause(60_000);

  expect(state.scripts).toBe(0);
});

test("when Redis is back, only the calls that began without it are entered", async () => {
  const { redis, state } = stubConnection();
  const limiter = createRedisLimiter({ redis, onUnavailable: { localLimit: 2 } });
  const counted = await limiter.acquire();
  state.away = new Error("away");
  const local = await limiter.acquire();
  state.away = undefined;
  const before = state.scripts;

  const next = await limiter.acquire();

  // One script enters the second call, the other takes a slot for the third.
  expect(state.scripts - before).toBe(2);
  for (const lease of [counted, local, next]) await lease.release();
  expect(state.released).toBe(3);
});
