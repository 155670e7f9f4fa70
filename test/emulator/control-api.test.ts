import { describe, expect, test } from "vitest";
import { call, create, emulatorForTest, thumbnail, thumbnailUsd } from "./support.js";

const path = "/v2/thumbnail/text";

describe("the control API does over HTTP what the object does:", () => {
  test("it provokes and clears faults", async () => {
    const emulator = await emulatorForTest();
    await call(emulator, "POST", "/_emulator/faults", { code: "CONFLICT", times: 2 });
    expect((await call(emulator, "POST", path, thumbnail)).status).toBe(409);

    await call(emulator, "DELETE", "/_emulator/faults");
    expect((await call(emulator, "POST", path, thumbnail)).status).toBe(200);
  });

  test("it advances the clock and makes trainings fail", async () => {
    const emulator = await emulatorForTest({ trainingMs: 1000 });
    await call(emulator, "POST", "/_emulator/trainings", { fail: 1 });
    const [first, second] = [await create(emulator, "style", "A"), await create(emulator, "style")];
    await call(emulator, "POST", "/_emulator/trainings", { id: second });
    const before = emulator.now().getTime();

    await call(emulator, "POST", "/_emulator/clock", { advanceMs: 1000 });

    expect(emulator.now().getTime() - before).toBe(1000);
    for (const id of [first, second]) {
      const { body } = await call(emulator, "GET", `/v2/pikzonality/${id}`);
      expect(body).toMatchObject({ status: "failed" });
    }
  });

  test("it sets keys and images", async () => {
    const emulator = await emulatorForTest();
    await call(emulator, "POST", "/_emulator/keys", { key: "pkz_test", credits: 0 });
    expect((await call(emulator, "POST", path, thumbnail)).status).toBe(402);
    await call(emulator, "POST", "/_emulator/keys", { key: "pkz_test", state: "deleted" });
    expect((await call(emulator, "POST", path, thumbnail)).status).toBe(401);

    const url = "https://images.example.com/gone.png";
    await call(emulator, "POST", "/_emulator/images", { url, verdict: "unreachable" });
    const score = { image_url: url };
    const reply = await call(emulator, "POST", "/v2/thumbnail/score", score, { key: "pkz_b" });
    expect(reply.body.error?.code).toBe("INVALID_IMAGE");
  });

  test("it shows what has happened", async () => {
    const emulator = await emulatorForTest();
    await call(emulator, "POST", path, thumbnail);

    expect((await call(emulator, "GET", "/_emulator")).body).toMatchObject({
      stats: { requests: 1, byMethod: { POST: 1 }, maxInFlight: 1 },
      ledger: { total: thumbnailUsd, charges: 1 },
      faultsWaiting: 0,
    });
    expect((await call(emulator, "GET", "/_emulator/ledger")).body).toMatchObject({
      total: thumbnailUsd,
      charges: [{ operation: "post_v2_thumbnail_text", usd: thumbnailUsd }],
    });
    expect((await call(emulator, "GET", "/_emulator/requests")).body).toMatchObject({
      requests: [{ method: "POST", path, status: 200, hadKey: true }],
    });
  });
});

describe("the control API reports what it does not understand:", () => {
  test.each<[string, string, unknown, string]>([
    ["POST", "/faults", { fault: "flood" }, "fault must be one of reset"],
    ["POST", "/faults", "[]", "JSON object"],
    ["POST", "/faults", "{", "JSON"],
    ["POST", "/clock", { advanceMs: -1 }, "advanceMs must be a number from 0"],
    ["POST", "/clock", {}, "advanceMs must be a number"],
    ["POST", "/keys", { key: "pkz_a", state: "lost" }, "state must be one of active, unknown"],
    ["POST", "/images", { url: "https://a.example" }, "verdict must be one of"],
    ["POST", "/images", {}, "url must be a string that is not empty"],
    ["POST", "/keys", {}, "key must be a string that is not empty"],
    ["POST", "/trainings", { id: "nobody" }, "no such resource"],
  ])("%s %s %j", async (method, name, body, message) => {
    const emulator = await emulatorForTest();
    const reply = await call(emulator, method, `/_emulator${name}`, body);
    expect(reply.status).toBe(400);
    expect(reply.text).toContain(message);
  });

  test("a body of more than 1 MB", async () => {
    const emulator = await emulatorForTest();
    const reply = await call(emulator, "POST", "/_emulator/faults", " ".repeat(1024 * 1024 + 1));
    expect(reply.status).toBe(413);
    expect(reply.text).toContain("the body is over 1 MB");
  });

  test("an unknown command", async () => {
    const emulator = await emulatorForTest();
    expect((await call(emulator, "PUT", "/_emulator/faults")).status).toBe(404);
  });
});
