import { Redis, type RedisOptions } from "ioredis";
import { PikzelsConnectionError } from "pikzels-client";
import { createRedisLimiter, type RedisLimiterEvent } from "pikzels-client/redis";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { startRedisServer, type RedisServer } from "../../scripts/lib/redis-server.js";
import { placesOf } from "../reliability/support/find-secret.js";
import { serveTcp } from "../support/loopback.js";
import { describeWithRedis } from "../support/redis-server.js";

const secret = "CANARY-r3dis-passw0rd";

let server: RedisServer;
let connection: Redis | undefined;

beforeAll(async () => {
  server = await startRedisServer({ password: "the right one" });
});
afterAll(() => server.stop());
afterEach(() => connection?.disconnect());

type Options = Pick<
  RedisOptions,
  "username" | "password" | "maxRetriesPerRequest" | "enableOfflineQueue"
>;

/** The error of requesting a slot, the events of the limiter, and the errors of ioredis. */
async function failureOf(address: string, options: Options, commandTimeoutMs = 10_000) {
  const told: unknown[] = [];
  connection = new Redis(address, { retryStrategy: () => 20, ...options });
  connection.on("error", (error) => told.push(error));
  const events: RedisLimiterEvent[] = [];
  const limiter = createRedisLimiter({
    redis: connection,
    commandTimeoutMs,
    onEvent: (event) => events.push(event),
  });
  const error = await limiter.acquire().catch((reason: unknown) => reason);
  return { error, shown: [error, events, limiter], events, told };
}

describeWithRedis("the Redis password", () => {
  const password = secret;

  it.each<[string, Options, string]>([
    ["is wrong", { password }, "WRONGPASS"],
    ["is wrong, and nothing waits", { password, maxRetriesPerRequest: 0 }, "WRONGPASS"],
    ["is wrong for a user", { username: "somebody", password }, "WRONGPASS"],
    ["is missing", {}, "NOAUTH"],
  ])("is in no error if it %s", async (_when, options, reason) => {
    const { error, shown, events, told } = await failureOf(server.address, options);

    expect(error).toBeInstanceOf(PikzelsConnectionError);
    expect(error).toMatchObject({
      outcome: "not-sent",
      message: expect.stringContaining(reason) as string,
      cause: { name: "ReplyError", message: expect.stringContaining(reason) as string },
    });
    expect(events).toMatchObject([{ type: "unavailable" }]);
    expect(placesOf(secret, shown)).toEqual([]);
    // The search would find it: ioredis's own error contains the password.
    if (options.password !== undefined) expect(placesOf(secret, told)).not.toEqual([]);
  });

  it.each<[string, string, Options]>([
    ["no such host", "pikzels.invalid:6379", { maxRetriesPerRequest: 0 }],
    ["nothing is listening", "127.0.0.1:1", { maxRetriesPerRequest: 0 }],
    ["nothing is listening, and commands wait", "127.0.0.1:1", {}],
    [
      "nothing is listening, and commands do not wait",
      "127.0.0.1:1",
      { enableOfflineQueue: false },
    ],
  ])("is in no error while Redis is away: %s", async (_how, host, options) => {
    const { error, shown } = await failureOf(`redis://:${secret}@${host}`, options, 300);

    expect(error).toBeInstanceOf(PikzelsConnectionError);
    expect(placesOf(secret, shown)).toEqual([]);
  });

  it("is in no error of a server that quotes unknown commands", async () => {
    const quoting = (command: string) => {
      const [name = "", ...args] = command.split("\r\n").filter((word) => /^[^*$]/.test(word));
      const quoted = args.map((arg) => `'${arg}' `).join("");
      return `-ERR unknown command '${name}', with args beginning with: ${quoted}\r\n`;
    };
    const { port } = await serveTcp((commands) =>
      commands
        .split(/(?=\*\d+\r\n)/)
        .map(quoting)
        .join(""),
    );

    const { error, shown, told } = await failureOf(`redis://:${secret}@127.0.0.1:${port}`, {});

    expect(error).toMatchObject({
      message: expect.stringContaining("(ERR unknown command 'auth')") as string,
      cause: { message: "ERR unknown command 'auth'" },
    });
    expect(placesOf(secret, shown)).toEqual([]);
    expect(String(told)).toContain(secret);
  });
});
