import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { build } from "esbuild";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { BodyReader } from "../../src/emulator/api/read-body.js";
import { call, emulatorForTest, thumbnail } from "./support.js";

const path = "/v2/thumbnail/text";

describe("the control API refuses what would break the emulator", () => {
  test.each<[string, string, unknown, string]>([
    [
      "an invalid status",
      "/faults",
      { fault: "html", status: 42 },
      "status must be a whole number",
    ],
    ["an informational status", "/faults", { fault: "html", status: 100 }, "status must be"],
    [
      "a line break in a header",
      "/faults",
      { code: "CONFLICT", retryAfter: "1\r\nx: y" },
      "retryAfter must be",
    ],
    [
      "a line break in an address",
      "/faults",
      { fault: "redirect", location: "http://a\r\nb" },
      "location must be",
    ],
    ["a numeric method", "/faults", { code: "CONFLICT", method: 7 }, "method must be"],
    ["a numeric operation", "/faults", { code: "CONFLICT", operation: 7 }, "operation must be"],
    [
      "a delay too long for a timer",
      "/faults",
      { fault: "slow-answer", delayMs: 1e300 },
      "delayMs must be",
    ],
    ["invalid details", "/faults", { code: "VALIDATION_ERROR", details: [1] }, "details must be"],
    ["an unknown member", "/faults", { code: "CONFLICT", statuss: 400 }, "there is no statuss"],
    ["a time beyond the range of dates", "/clock", { advanceMs: 1e18 }, "advanceMs must be"],
    [
      "credits that are not a number",
      "/keys",
      { key: "pkz_a", credits: "many" },
      "credits must be",
    ],
    ["an invalid count", "/trainings", { fail: "all" }, "fail must be"],
  ])("%s", async (_, name, body, message) => {
    const emulator = await emulatorForTest();
    const reply = await call(emulator, "POST", `/_emulator${name}`, body);
    expect(reply.status).toBe(400);
    expect(reply.text).toContain(message);
    expect((await call(emulator, "POST", path, thumbnail)).status).toBe(200);
  });

  test("and so does the object", async () => {
    const emulator = await emulatorForTest();
    expect(() => {
      emulator.provoke({ fault: "html", status: 42 });
    }).toThrow("status must be a whole number from 200 to 599, not 42");
    expect(() => {
      emulator.advance(Number.NaN);
    }).toThrow("advanceMs must be a number");
    expect(() => {
      emulator.failTraining(undefined as never);
    }).toThrow("count must be a whole number from 0 to 1000000, not null");
  });
});

describe("the control API does not answer web pages", () => {
  test.each([
    ["from another origin", { origin: "https://evil.example" }],
    ["from another site", { "sec-fetch-site": "cross-site" }],
    ["through a name that resolves here", { host: "evil.example" }],
  ])("%s", async (_, headers) => {
    const emulator = await emulatorForTest();
    const lines = Object.entries({ host: `127.0.0.1:${emulator.port}`, ...headers });
    const answer = await speak(
      emulator.port,
      `GET /_emulator/requests HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}connection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(answer.toLowerCase()).not.toContain("access-control-allow-origin");
  });

  test.each([
    ["the name of the public URL", { publicUrl: "http://pikzels.test" }],
    ["any name, if it listens on every address", { host: "0.0.0.0" }],
  ])("but other programs, at %s", async (_, options) => {
    const emulator = await emulatorForTest(options);
    const answer = await speak(
      emulator.port,
      "GET /_emulator/requests HTTP/1.1\r\nhost: pikzels.test\r\nconnection: close\r\n\r\n",
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });

  test("nor a body that a page can send without a preflight", async () => {
    const emulator = await emulatorForTest();
    const headers = { "content-type": "text/plain" };
    const reply = await call(
      emulator,
      "POST",
      "/_emulator/faults",
      { code: "CONFLICT" },
      { headers },
    );
    expect(reply.status).toBe(415);
    expect(reply.text).toContain("application/json");
  });

  test("nor a preflight", async () => {
    const emulator = await emulatorForTest();
    const headers = { origin: "https://evil.example", "access-control-request-method": "POST" };
    const reply = await call(emulator, "OPTIONS", "/_emulator/faults", undefined, { headers });
    expect(reply.status).toBe(403);
    expect(reply.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("request bodies are bounded in memory and time:", () => {
  /** A request whose body arrives as the test says. */
  function incoming(length: number | undefined) {
    const body = new Readable({ read: () => undefined });
    const timeouts: (() => void)[] = [];
    const socket = {
      setTimeout: (ms: number, stop?: () => void) => ms > 0 && stop && timeouts.push(stop),
      off: () => undefined,
    };
    const headers =
      length === undefined
        ? { "transfer-encoding": "chunked" }
        : { "content-length": String(length) };
    return {
      request: Object.assign(body, { socket, headers }) as unknown as IncomingMessage,
      body,
      timeouts,
    };
  }

  test("a body waits until earlier ones have freed memory", async () => {
    const reader = new BodyReader({ maxBytes: 100, totalBytes: 100 });
    const [first, second] = [incoming(80), incoming(80)];
    const reading = reader.read(first.request);
    let isSecondRead = false;
    const waiting = reader.read(second.request).then((body) => ((isSecondRead = true), body));
    second.body.push(Buffer.alloc(80));
    second.body.push(null);
    first.body.push(Buffer.alloc(80));
    first.body.push(null);

    const received = await reading;
    await new Promise(setImmediate);
    expect(isSecondRead).toBe(false);
    received.release();
    expect((await waiting).bytes).toHaveLength(80);
  });

  test("a body that waits too long is refused with 429, and leaves the queue", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const reader = new BodyReader({ maxBytes: 100, totalBytes: 100, waitMs: 1000 });
    const [first, second, third] = [incoming(80), incoming(undefined), incoming(10)];
    void reader.read(first.request);
    const refused = expect(reader.read(second.request)).rejects.toMatchObject({
      code: "TOO_MANY_REQUESTS",
    });
    const small = reader.read(third.request);
    third.body.push(Buffer.alloc(10));
    third.body.push(null);

    await vi.advanceTimersByTimeAsync(1000);

    await refused;
    expect((await small).bytes).toHaveLength(10);
  });

  test("a body that stalls is cut off and frees its memory", async () => {
    const reader = new BodyReader({ maxBytes: 100, totalBytes: 100 });
    const { request, body, timeouts } = incoming(100);
    const reading = expect(reader.read(request)).rejects.toThrow("the body stalled");
    body.push("half");
    await new Promise(setImmediate);
    for (const stop of timeouts) stop();
    await reading;

    const next = incoming(100);
    next.body.push(null);
    expect((await reader.read(next.request)).bytes).toHaveLength(0);
  });

  test("a body far over the limit is not read to its end, nor kept", async () => {
    const reader = new BodyReader({ maxBytes: 100, totalBytes: 100 });
    const { request, body } = incoming(undefined);
    body.push(Buffer.alloc(401));
    const { bytes, isTooLarge } = await reader.read(request);
    expect([bytes.length, isTooLarge, body.destroyed]).toEqual([0, true, true]);
  });

  test("a body of a million unknown fields is refused before it is parsed", async () => {
    const emulator = await emulatorForTest();
    const fields = Array.from({ length: 1_000_000 }, (_, index) => `"f${index}":1`);
    const reply = await call(emulator, "POST", path, `{${fields.join(",")}}`);
    expect(reply.body.error?.details).toEqual([
      { message: "Provide a valid body: it has more than 200000 values" },
    ]);
  });

  test("a body is not said to lack what it has after a hundred other fields", async () => {
    const emulator = await emulatorForTest();
    const fields = Array.from({ length: 100 }, (_, index) => [`f${index}`, 1] as const);
    const body = { ...Object.fromEntries(fields), ...thumbnail };
    const { error } = (await call(emulator, "POST", path, body)).body;
    const reasons = new Set(error?.details?.map(({ message }) => message.split(": ")[1]));
    expect([...reasons]).toEqual(["there is no such field"]);
  });

  test.each<[string, object, object[]]>([
    [
      "what is wrong early",
      { rows: Array.from({ length: 30 }, () => Array.from({ length: 100 }, () => 1)), size: "x" },
      [{ field: "size", message: "Provide a valid size: must be integer" }],
    ],
    [
      "nothing of what is wrong late",
      { rows: [[...Array.from({ length: 150 }, () => 1), "x"]] },
      [{ message: "Provide a valid body: it is too large to say what is wrong" }],
    ],
  ])("a refusal of a large body tells %s", async (_, body, details) => {
    const rows = { type: "array", items: { type: "array", items: { type: "integer" } } };
    const properties = { rows, size: { type: "integer" } };
    const schema = { type: "object", properties };
    const post = {
      requestBody: { content: { "application/json": { schema } } },
      responses: { 200: { description: "Done" } },
    };
    const emulator = await emulatorForTest({
      spec: { openapi: "3.1.0", info: { title: "A", version: "1" }, paths: { "/rows": { post } } },
    });
    const reply = await call(emulator, "POST", "/rows", body, { key: "" });
    expect(reply.body.error?.details).toEqual(details);
  });

  test("a body of a hundred thousand unknown fields gets twenty details", async () => {
    const emulator = await emulatorForTest();
    const fields = Array.from({ length: 100_000 }, (_, index) => [`f${index}`, 1]);
    const reply = await call(emulator, "POST", path, Object.fromEntries(fields));
    expect(reply.body.error?.details).toHaveLength(20);
  });
});

describe("output addresses behind a proxy", () => {
  const output = async (options: object, headers: Record<string, string>) => {
    const emulator = await emulatorForTest(options);
    const { body } = await call(emulator, "POST", path, thumbnail, { headers });
    return new URL(body.output ?? "").origin.replace(String(emulator.port), "PORT");
  };
  const own = "http://127.0.0.1:PORT";

  test.each<[string, object, Record<string, string>, string]>([
    [
      "Forwarded is followed when told to",
      { trustProxy: true },
      { forwarded: 'for=1.2.3.4;proto=https;host="pikzels.test"' },
      "https://pikzels.test",
    ],
    [
      "the first proxy of several counts",
      { trustProxy: true },
      { forwarded: "proto=https;host=a.test, proto=http;host=b.test" },
      "https://a.test",
    ],
    [
      "X-Forwarded-* is followed when told to",
      { trustProxy: true },
      {
        "x-forwarded-proto": "https",
        "x-forwarded-host": "pikzels.test",
        "x-forwarded-port": "8443",
      },
      "https://pikzels.test:8443",
    ],
    ...[
      ["https", "443", "https://pikzels.test"],
      ["http", "80", "http://pikzels.test"],
      ["HTTPS", "80", "https://pikzels.test:80"],
    ].map(
      ([proto = "", port = "", origin = ""]): [string, object, Record<string, string>, string] => [
        `a default port is left out, another is not: ${port} for ${proto}`,
        { trustProxy: true },
        {
          "x-forwarded-proto": proto,
          "x-forwarded-host": "pikzels.test",
          "x-forwarded-port": port,
        },
        origin,
      ],
    ),
    [
      "a port that the host has counts more than X-Forwarded-Port",
      { trustProxy: true },
      { "x-forwarded-host": "pikzels.test:8080", "x-forwarded-port": "443" },
      "http://pikzels.test:8080",
    ],
    [
      "neither is followed otherwise",
      {},
      { forwarded: "host=evil.example", "x-forwarded-host": "evil.example" },
      own,
    ],
    [
      "an invalid host is not followed",
      { trustProxy: true },
      { "x-forwarded-host": 'a"><script>' },
      own,
    ],
    [
      "the public URL takes precedence over both",
      { trustProxy: true, publicUrl: "https://public.test/" },
      { "x-forwarded-host": "other.test" },
      "https://public.test",
    ],
  ])("%s", async (_, options, headers, expected) => {
    expect(await output(options, headers)).toBe(expected);
  });
});

test("a proxy that passes on the host as it is may add the port", async () => {
  const emulator = await emulatorForTest({ trustProxy: true });
  const body = JSON.stringify(thumbnail);
  const head = {
    Host: "pikzels.test",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Port": "8443",
    "X-Api-Key": "pkz_test",
    "Content-Type": "application/json",
    "Content-Length": String(body.length),
    Connection: "close",
  };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`);
  const answer = await speak(
    emulator.port,
    `POST ${path} HTTP/1.1\r\n${lines.join("")}\r\n${body}`,
  );
  expect(answer).toContain('"output":"https://pikzels.test:8443/');
});

test("a program bundled into one file starts the emulator, as ESM and as CommonJS", async () => {
  const folder = await mkdtemp(join(tmpdir(), "pikzels-bundled-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const program = `import { startEmulator } from ${JSON.stringify(join(import.meta.dirname, "../../src/emulator/index.ts"))};
    (async () => {
      const emulator = await startEmulator();
      const { paths } = await (await fetch(emulator.url + "/openapi.json")).json();
      console.log(Object.keys(paths).length > 0);
      await emulator.close();
    })();`;
  await writeFile(join(folder, "program.ts"), program);
  for (const format of ["esm", "cjs"] as const) {
    const outfile = join(folder, format === "esm" ? "program.mjs" : "program.cjs");
    const entryPoints = [join(folder, "program.ts")];
    await build({
      entryPoints,
      outfile,
      bundle: true,
      platform: "node",
      format,
      logLevel: "silent",
    });
    const { stdout } = await promisify(execFile)(process.execPath, [outfile], { cwd: folder });
    expect(stdout).toBe("true\n");
  }
});

function speak(port: number, words: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.end(words));
    socket.on("data", (chunk) => (answer += chunk.toString()));
    socket.on("error", reject);
    socket.on("close", () => {
      resolve(answer);
    });
  });
}
