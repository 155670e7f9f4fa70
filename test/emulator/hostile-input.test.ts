import { connect } from "node:net";
import { text as readText } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import type { Emulator } from "pikzels-client/emulator";
import { call, create, emulatorForTest, thumbnail, tinyPng } from "./support.js";

const path = "/v2/thumbnail/text";

/** Every hostile request gets an error envelope, and the emulator keeps serving. */
async function expectEnvelope(
  emulator: Emulator,
  reply: Awaited<ReturnType<typeof call>>,
  code: string,
) {
  expect(reply.body.error?.code).toBe(code);
  expect(reply.body.request_id).toBe(reply.headers.get("x-request-id"));
  expect((await call(emulator, "POST", path, thumbnail)).status).toBe(200);
}

describe("the emulator refuses bodies", () => {
  test.each([
    ["broken JSON", '{"prompt": '],
    ["a null", "null"],
    ["a number", "1e400"],
    ["deeply nested JSON", "[".repeat(200_000)],
    ["nothing", ""],
    ["a __proto__", '{"__proto__": {"prompt": "a"}, "model": "pkz_4", "format": "1:1"}'],
    ["a constructor", '{"constructor": 1, "prompt": "a", "model": "pkz_4", "format": "1:1"}'],
    ["a lone surrogate and zeros", String.raw`{"prompt": "\ud800\u0000http", "model": 0}`],
  ])("%s", async (_, body) => {
    const emulator = await emulatorForTest();
    await expectEnvelope(emulator, await call(emulator, "POST", path, body), "VALIDATION_ERROR");
  });

  test.each([
    ["the body", (deep: string) => deep],
    ["a field", (deep: string) => `{"deep": ${deep}}`],
  ])(
    "nested deeper than any genuine one, in %s, though every value is allowed",
    async (_, write) => {
      const post = {
        requestBody: { content: { "application/json": { schema: {} } } },
        responses: { 200: { description: "Done" } },
      };
      const emulator = await emulatorForTest({
        spec: { openapi: "3.1.0", info: { title: "A", version: "1" }, paths: { "/any": { post } } },
      });
      const answerTo = (levels: number) =>
        call(emulator, "POST", "/any", write("[".repeat(levels) + "]".repeat(levels)), { key: "" });
      expect((await answerTo(100)).status).toBe(200);
      for (const levels of [500, 50_000]) {
        const { status, body } = await answerTo(levels);
        expect([status, body.error?.details]).toEqual([
          400,
          [{ message: "Provide a valid body: it is nested more than 200 levels deep" }],
        ]);
      }
    },
  );

  test("that are not UTF-8", async () => {
    const emulator = await emulatorForTest();
    const response = await fetch(emulator.url + path, {
      method: "POST",
      headers: { "x-api-key": "pkz_test", "content-type": "application/json" },
      body: new Uint8Array([0x22, 0xff, 0xfe, 0x22]),
    });
    expect(await response.json()).toMatchObject({
      error: { details: [{ message: "Provide a valid body: it is not JSON in UTF-8" }] },
    });
  });

  test.each(["text/plain", "application/x-www-form-urlencoded", "application/jsonp"])(
    "sent as %s",
    async (type) => {
      const emulator = await emulatorForTest();
      const headers = { "content-type": type };

      const reply = await call(emulator, "POST", path, thumbnail, { headers });

      await expectEnvelope(emulator, reply, "VALIDATION_ERROR");
      expect(reply.body.error?.details?.[0]?.message).toContain(type);
    },
  );

  test("sent without a content type", async () => {
    const emulator = await emulatorForTest();
    const response = await fetch(emulator.url + path, {
      method: "POST",
      headers: { "x-api-key": "pkz_test" },
      body: new TextEncoder().encode(JSON.stringify(thumbnail)),
    });
    expect(await response.json()).toMatchObject({
      error: {
        code: "VALIDATION_ERROR",
        details: [
          {
            message:
              "Provide a valid body: it must be sent as application/json, not without a type",
          },
        ],
      },
    });
  });

  test.each(["application/json; charset=utf-8", "Application/JSON", "application/problem+json"])(
    "but accepts those sent as %s",
    async (type) => {
      const emulator = await emulatorForTest();
      const headers = { "content-type": type };
      expect((await call(emulator, "POST", path, thumbnail, { headers })).status).toBe(200);
    },
  );

  test("of more than 64 MB, after reading them to the end", async () => {
    const emulator = await emulatorForTest();
    const reply = await call(emulator, "POST", path, " ".repeat(65 * 1024 * 1024));
    expect(reply.status).toBe(413);
    await expectEnvelope(emulator, reply, "IMAGE_TOO_LARGE");
  });

  test("that break thousands of rules, with twenty details", async () => {
    const emulator = await emulatorForTest();
    const body = { name: "a", image_urls: Array.from({ length: 5000 }, () => "x") };
    const reply = await call(emulator, "POST", "/v2/pikzonality/style", body);
    expect(reply.body.error?.details).toHaveLength(20);
  });
});

describe("hostile paths", () => {
  test.each([
    "/v2/pikzonality/..%2f..%2fetc%2fpasswd",
    "/v2/pikzonality/%2e%2e",
    "/v2/pikzonality/%00",
    "/v2/pikzonality/%zz",
    "/v2/pikzonality/__proto__",
    "/v2/pikzonality/constructor",
    `/v2/pikzonality/${"a".repeat(8000)}`,
    "/v2/pikzonality/",
    "/v2/pikzonality",
    "//v2/pikzonality/x",
    "/v2/thumbnail/text",
    "/rest-api/outputs/..%2f..%2fopenapi.json",
    "/",
  ])("GET %s is NOT_FOUND", async (target) => {
    const emulator = await emulatorForTest();
    const reply = await call(emulator, "GET", target);
    expect(reply.status).toBe(404);
    // Pictures are served as an object store serves them, without the envelope.
    if (!target.startsWith("/rest-api/outputs/"))
      await expectEnvelope(emulator, reply, "NOT_FOUND");
  });

  test.each(["PUT", "HEAD", "DELETE"])(
    "%s on a path without this method is 404",
    async (method) => {
      const emulator = await emulatorForTest();
      expect((await call(emulator, method, path)).status).toBe(404);
    },
  );

  test("a trailing slash makes a different path", async () => {
    const emulator = await emulatorForTest();
    expect((await call(emulator, "POST", `${path}/`, thumbnail)).status).toBe(404);
  });

  test("an id is found in either case, and with a query after it", async () => {
    const emulator = await emulatorForTest();
    const id = await create(emulator, "style");
    const target = `/v2/pikzonality/${id.toUpperCase()}?verbose=1`;
    expect((await call(emulator, "GET", target)).body.id).toBe(id);
  });
});

describe("hostile connections", () => {
  test("that do not speak HTTP get the envelope and are closed", async () => {
    const emulator = await emulatorForTest();
    const answer = await speak(emulator, "HELLO THERE\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('"code":"VALIDATION_ERROR"');
  });

  test("whose body is shorter than announced leave nothing behind", async () => {
    const emulator = await emulatorForTest();
    const head = `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{`;
    await speak(emulator, head);
    while (emulator.requests.length === 0) await new Promise(setImmediate);

    expect(emulator.requests).toMatchObject([{ status: undefined, usd: 0 }]);
    expect(emulator.stats.inFlight).toBe(0);
  });

  test("with an invalid host still get addresses that work", async () => {
    const emulator = await emulatorForTest();
    const body = JSON.stringify(thumbnail);
    const answer = await speak(
      emulator,
      [
        `POST ${path} HTTP/1.1`,
        'Host: "><script>',
        "X-Api-Key: pkz_test",
        "Content-Type: application/json",
        `Content-Length: ${body.length}`,
        "Connection: close",
        "",
        body,
      ].join("\r\n"),
    );
    expect(answer).toContain(`"output":"${emulator.url}/rest-api/outputs/`);
  });

  async function speak(emulator: Emulator, words: string): Promise<string> {
    const socket = connect(emulator.port, "127.0.0.1");
    socket.end(words);
    return readText(socket);
  }
});

test("an address in a base64 field is refused because of its form", async () => {
  const emulator = await emulatorForTest();
  const body = { image_base64: ["data:image/png;base64,", tinyPng] };
  const reply = await call(emulator, "POST", "/v2/thumbnail/score", body);
  await expectEnvelope(emulator, reply, "VALIDATION_ERROR");
});
