import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import type { KeyState } from "pikzels-client/emulator";
import { call, create, emulatorForTest, thumbnail, thumbnailUsd } from "./support.js";

const path = "/v2/thumbnail/text";

describe("the emulator refuses a key", () => {
  test.each<[KeyState, number, string]>([
    ["unknown", 401, "INVALID_API_KEY"],
    ["inactive", 401, "API_KEY_INACTIVE"],
    ["deleted", 401, "API_KEY_DELETED"],
    ["no-access", 403, "API_ACCESS_NOT_ENABLED"],
    ["suspended", 403, "ACCOUNT_SUSPENDED"],
    ["payment-failed", 402, "SMART_BALANCE_PAYMENT_FAILED"],
  ])("that is %s with %i %s", async (state, status, code) => {
    const emulator = await emulatorForTest({ keys: { pkz_odd: state } });

    const reply = await call(emulator, "POST", path, thumbnail, { key: "pkz_odd" });

    expect(reply.status).toBe(status);
    expect(reply.body.error?.code).toBe(code);
    // Another key is not affected, and the state can change.
    expect((await call(emulator, "POST", path, thumbnail)).status).toBe(200);
    emulator.setKey("pkz_odd", "active");
    const again = await call(emulator, "POST", path, thumbnail, { key: "pkz_odd" });
    expect(again.status).toBe(200);
  });

  test.each([
    ["", "MISSING_API_KEY"],
    ["sk_abc", "INVALID_API_KEY_FORMAT"],
  ])("such as %j with %s, before it looks at the body", async (key, code) => {
    const emulator = await emulatorForTest();
    const reply = await call(emulator, "POST", path, {}, { key });
    expect(reply.status).toBe(401);
    expect(reply.body.error?.code).toBe(code);
  });

  test("that is not listed, if only listed ones are accepted", async () => {
    const emulator = await emulatorForTest({
      acceptUnknownKeys: false,
      keys: { pkz_known: "active" },
    });
    const codeFor = async (key: string) =>
      (await call(emulator, "POST", path, thumbnail, { key })).body.error?.code;

    expect(await codeFor("pkz_known")).toBeUndefined();
    expect(await codeFor("pkz_other")).toBe("INVALID_API_KEY");
  });

  test("without showing or keeping it anywhere", async () => {
    const key = "pkz_canary_7f3a91";
    const exchanges: unknown[] = [];
    const emulator = await emulatorForTest({
      keys: { [key]: "active" },
      onExchange: (exchange) => exchanges.push(exchange),
    });

    await call(emulator, "POST", path, thumbnail, { key });
    await call(emulator, "GET", `/v2/pikzonality/${key}`, undefined, { key });
    await call(emulator, "GET", `/${key}`, undefined, { key });
    const control = await Promise.all(
      ["", "/ledger", "/requests"].map((name) => call(emulator, "GET", `/_emulator${name}`)),
    );

    expect(exchanges).toHaveLength(3);
    const everything = [
      inspect(emulator, { depth: 20, showHidden: true }),
      JSON.stringify([emulator, emulator.ledger, emulator.requests, exchanges]),
      ...control.map(({ text }) => text),
    ].join("\n");
    expect(everything).not.toContain("canary");
  });
});

describe("credits", () => {
  test("run out, and a refused request is not charged", async () => {
    const emulator = await emulatorForTest({ credits: 2 * thumbnailUsd + 0.04 });
    const statuses: number[] = [];
    for (let turn = 0; turn < 3; turn++)
      statuses.push((await call(emulator, "POST", path, thumbnail)).status);

    expect(statuses).toEqual([200, 200, 402]);
    expect(emulator.ledger.total).toBe(2 * thumbnailUsd);
    expect(emulator.ledger.balance).toBe(0.04);
    expect(emulator.requests.at(-1)?.code).toBe("INSUFFICIENT_CREDITS");
  });

  test("of one key are not shared with others", async () => {
    const emulator = await emulatorForTest({ keys: { pkz_poor: { credits: 0 } } });

    const poor = await call(emulator, "POST", path, thumbnail, { key: "pkz_poor" });
    expect(poor.body.error?.code).toBe("INSUFFICIENT_CREDITS");
    expect((await call(emulator, "POST", path, thumbnail)).status).toBe(200);
  });

  test("are not needed for free requests", async () => {
    const emulator = await emulatorForTest({ trainingMs: 0 });
    const resource = `/v2/pikzonality/${await create(emulator, "style")}`;
    emulator.setKey("pkz_poor", { credits: 0 });
    const key = { key: "pkz_poor" };

    expect((await call(emulator, "GET", resource, undefined, key)).status).toBe(200);
    expect((await call(emulator, "PATCH", resource, {}, key)).status).toBe(200);
    expect((await call(emulator, "DELETE", resource, undefined, key)).status).toBe(200);
  });

  test("are reserved while a request is processed, so two cannot spend the same credits", async () => {
    const emulator = await emulatorForTest({
      credits: thumbnailUsd + 0.02,
      clock: "real",
      processingMs: 5,
    });

    const replies = await Promise.all([1, 2].map(() => call(emulator, "POST", path, thumbnail)));

    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 402]);
    expect(emulator.ledger.balance).toBe(0.02);
  });

  test("that were reserved for a failure are returned", async () => {
    const emulator = await emulatorForTest({ credits: thumbnailUsd });
    emulator.provoke({ code: "GENERATION_FAILED", when: "during" });

    expect((await call(emulator, "POST", path, thumbnail)).status).toBe(500);
    expect(emulator.ledger.balance).toBe(thumbnailUsd);
    expect((await call(emulator, "POST", path, thumbnail)).status).toBe(200);
  });
});

describe("requests in flight", () => {
  test("beyond the limit of a key are answered with 429 and Retry-After", async () => {
    const emulator = await emulatorForTest({ maxInFlight: 2, processingMs: 1000 });
    const busy = [1, 2].map(() => call(emulator, "POST", path, thumbnail));
    await untilInFlight(2);

    const refused = await call(emulator, "POST", path, thumbnail);
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("1");
    const others = call(emulator, "POST", path, thumbnail, { key: "pkz_other" });
    await untilInFlight(3);

    emulator.advance(1000);
    const replies = await Promise.all([...busy, others]);
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(emulator.stats).toMatchObject({ inFlight: 0, maxInFlight: 3, requests: 4 });
    expect((await call(emulator, "GET", "/v2/pikzonality/x")).status).toBe(404);

    async function untilInFlight(count: number) {
      while (emulator.stats.inFlight < count) await new Promise(setImmediate);
    }
  });

  test("end before their caller can know, so one at a time never counts as two", async () => {
    const emulator = await emulatorForTest();

    for (let turn = 0; turn < 50; turn++) await call(emulator, "GET", "/v2/pikzonality/x");

    expect(emulator.stats.maxInFlight).toBe(1);
  });

  test("continue when their caller disconnects, and are charged", async () => {
    const emulator = await emulatorForTest({ processingMs: 1000 });
    const abort = new AbortController();
    const response = fetch(emulator.url + path, {
      method: "POST",
      headers: { "x-api-key": "pkz_test", "content-type": "application/json" },
      body: JSON.stringify(thumbnail),
      signal: abort.signal,
    });
    while (emulator.stats.inFlight < 1) await new Promise(setImmediate);

    abort.abort();
    await expect(response).rejects.toThrow();
    while (emulator.stats.inFlight > 0) await new Promise(setImmediate);
    emulator.advance(1000);
    while (emulator.requests.length === 0) await new Promise(setImmediate);

    expect(emulator.requests).toMatchObject([{ status: undefined, usd: thumbnailUsd }]);
    expect(emulator.ledger.total).toBe(thumbnailUsd);
  });
});
