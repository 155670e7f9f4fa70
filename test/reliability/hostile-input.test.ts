import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import {
  isPikzelsError,
  PikzelsApiError,
  PikzelsConnectionError,
  PikzelsInputError,
  PikzelsUnexpectedResponseError,
  type PikzelsOptions,
} from "pikzels-client";
import fc from "fast-check";
import { deflateSync } from "node:zlib";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { createPikzels, type Pikzels } from "../support/client.js";

const id = "18b2ad5e-2a9e-4d3f-b9a8-9f2a1e0b1234";
const prompt = { prompt: "A week alone in the Arctic" };

interface Received {
  method: string | undefined;
  url: string | undefined;
  rawHeaders: string[];
  body: string;
}

/** A server that keeps what it received, and answers with it. */
async function startServer(answer: RequestListener = (_, response) => response.end("{}")) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const { method, url, rawHeaders } = request;
      received.push({ method, url, rawHeaders, body });
      answer(request, response);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = (options: PikzelsOptions = {}): Pikzels =>
    createPikzels({ apiKey: "pkz_hostile", baseUrl: url, maxRetries: 0, ...options });
  return { url, received, client };
}

async function errorOf(call: () => unknown): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  return undefined;
}

afterEach(() => {
  expect({}).not.toHaveProperty("polluted");
});

describe("a hostile id", () => {
  const bad = ["", ".", "..", "%2e", "%2E%2e", ".%2e", "a/b", "../v1", "a\\b", "a%2fb", "a%5Cb"];
  const worse = ["a\0b", "a\nb", "a\r\nX: y", "\x7f", "%00", "%0a", "\ud800", "x".repeat(201)];
  const none = [undefined, null, 7, {}, [], ["a"], true, Symbol("id"), () => id, new String(id)];

  test.each([...bad, ...worse, ...none])(
    "is refused before anything is sent: %j",
    async (hostile) => {
      const { client, received } = await startServer();
      const { pikzonalities, api } = client();

      for (const call of [
        () => pikzonalities.get(hostile as string),
        () => pikzonalities.update(hostile as string, { special_instructions: null }),
        () => pikzonalities.delete(hostile as string),
        () => pikzonalities.waitUntilReady(hostile as string),
        () => api.GET("/v2/pikzonality/{id}", { params: { path: { id: hostile as string } } }),
      ]) {
        const error = await errorOf(call);
        expect(error).toBeInstanceOf(PikzelsInputError);
        expect(error).toMatchObject({ outcome: "not-sent" });
      }
      expect(received).toEqual([]);
    },
  );

  test("is refused, or arrives as a single path segment, for any string", async () => {
    const { client, received } = await startServer();
    const { pikzonalities } = client();
    const anyId = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.constantFrom(".", "%", "2", "e", "f", "/", "?", "#", ";", "é", " ") }),
    );

    await fc.assert(
      fc.asyncProperty(anyId, async (anything) => {
        received.length = 0;
        const error = await errorOf(() => pikzonalities.get(anything));
        if (error) {
          expect(error).toBeInstanceOf(PikzelsInputError);
          expect(received).toEqual([]);
          return;
        }
        expect(received).toHaveLength(1);
        const [, v2, pikzonality, segment = "", ...more] = received[0]?.url?.split("/") ?? [];
        expect([v2, pikzonality, more]).toEqual(["v2", "pikzonality", []]);
        expect(decodeURIComponent(segment)).toBe(anything);
      }),
      { numRuns: 150 },
    );
  });
});

describe("a hostile key", () => {
  test("is refused, or is the value of the header, for any string", async () => {
    const { client, received } = await startServer();
    const anyKey = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: "binary" }).map((rest) => `pkz_${rest}`),
      fc.string({ unit: "grapheme-ascii" }).map((rest) => `pkz_${rest}`),
      fc.constantFrom(
        "pkz_a\r\nx-other: 1",
        "pkz_a\n",
        "pkz_a\0",
        "pkz_ä",
        "pkz_\u2028",
        "pkz_a b",
      ),
    );

    await fc.assert(
      fc.asyncProperty(anyKey, fc.boolean(), async (key, isFunction) => {
        received.length = 0;
        const apiKey = isFunction ? () => key : key;
        const error = await errorOf(() => client({ apiKey }).pikzonalities.get(id));
        if (error) {
          expect(error).toBeInstanceOf(PikzelsInputError);
          expect(received).toEqual([]);
          return;
        }
        const { rawHeaders = [] } = received[0] ?? {};
        expect(rawHeaders[rawHeaders.indexOf("x-api-key") + 1]).toBe(key);
      }),
      { numRuns: 150 },
    );
  });

  test.each([undefined, null, 7, {}, "", Symbol("key")])("is refused if it is %j", async (key) => {
    const { client, received } = await startServer();
    vi.stubEnv("PIKZELS_API_KEY", "");

    const errors = [
      await errorOf(() => client({ apiKey: key as string }).pikzonalities.get(id)),
      await errorOf(() => client({ apiKey: () => key as string }).pikzonalities.get(id)),
    ];

    for (const error of errors) expect(error).toBeInstanceOf(PikzelsInputError);
    expect(received).toEqual([]);
    vi.unstubAllEnvs();
  });
});

describe("a hostile base URL", () => {
  test.each([
    "http://api.pikzels.com",
    "http://127.0.0.1.example.com",
    "http://localhost.example.com",
    "http://0.0.0.0:1",
    "https://user@api.pikzels.com",
    "https://user:password@api.pikzels.com",
    "https://api.pikzels.com?key=1",
    "https://api.pikzels.com/?",
    "https://api.pikzels.com#fragment",
    "ftp://api.pikzels.com",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/plain,x",
    "//api.pikzels.com",
    "api.pikzels.com",
    "https://",
    "",
    " ",
  ])("is refused at once: %j", (baseUrl) => {
    expect(() => createPikzels({ apiKey: "pkz_a", baseUrl })).toThrow(PikzelsInputError);
  });

  test.each(["", "/", "//", "/proxy", "/proxy/", "/a/b//"])(
    "keeps the path %j at its end, and nothing else changes",
    async (path) => {
      const { url, client, received } = await startServer();
      const base = path.replace(/\/+$/, "");
      const { pikzonalities, api } = client({ baseUrl: url + path });

      await pikzonalities.get(id);
      await api.GET("/v2/pikzonality/{id}", { params: { path: { id } } });

      const expected = `${base}/v2/pikzonality/${id}`;
      expect(received.map(({ url }) => url)).toEqual([expected, expected]);
    },
  );
});

describe("the headers option", () => {
  const spellings = ["x-api-key", "X-API-KEY", "X-Api-Key", "Host", "Content-Length", "Cookie"];
  const others = ["transfer-encoding", "Authorization", "content-type", "Connection", "Expect"];

  test.each([...spellings, ...others])("cannot set %s", async (name) => {
    const { client, received } = await startServer();
    for (const headers of [{ [name]: "1" }, new Headers({ [name]: "1" }), [[name, "1"]]]) {
      const call = client().titles.fromText(prompt, { headers: headers as HeadersInit });
      await expect(call).rejects.toBeInstanceOf(PikzelsInputError);
    }
    expect(received).toEqual([]);
  });

  test.each(["\x01", "a\x1fb", "\x7f", "a\nb", "a\r\nx-api-key: pkz_b", "\0"])(
    "cannot have the value %j",
    async (value) => {
      const { client, received } = await startServer();
      const call = client().titles.fromText(prompt, { headers: { "x-note": value } });
      await expect(call).rejects.toBeInstanceOf(PikzelsInputError);
      expect(received).toEqual([]);
    },
  );

  test("is refused or delivered, and never changes the key", async () => {
    const { client, received } = await startServer();
    // Except `__proto__`, which the platform's `Headers` drops before anyone can see it.
    const name = fc
      .oneof(fc.string(), fc.constantFrom("x-note", "constructor"))
      .filter((name) => name !== "__proto__");
    await fc.assert(
      fc.asyncProperty(name, fc.string({ unit: "binary" }), async (name, value) => {
        received.length = 0;
        const headers = Object.fromEntries([[name, value]]);
        const error = await errorOf(() => client().pikzonalities.get(id, { headers }));
        if (error) {
          expect(error).toBeInstanceOf(PikzelsInputError);
          expect(received).toEqual([]);
          return;
        }
        const { rawHeaders = [] } = received[0] ?? {};
        const sent = rawHeaders.filter((_, index) => index % 2 === 0).map((n) => n.toLowerCase());
        expect(sent.filter((one) => one === "x-api-key")).toHaveLength(1);
        expect(rawHeaders[rawHeaders.indexOf("x-api-key") + 1]).toBe("pkz_hostile");
        expect(sent).toContain(name.toLowerCase());
      }),
      { numRuns: 150 },
    );
  });
});

describe("a hostile body", () => {
  test("arrives unchanged or is refused, for any JSON object", async () => {
    const { client, received } = await startServer();
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (body) => {
        received.length = 0;
        const error = await errorOf(() => client().titles.fromText(body as typeof prompt));
        if (error) {
          expect(error).toBeInstanceOf(PikzelsInputError);
          expect(received).toEqual([]);
        } else
          expect(JSON.parse(received[0]?.body ?? "")).toEqual(JSON.parse(JSON.stringify(body)));
      }),
      { numRuns: 150 },
    );
  });

  const circle: Record<string, unknown> = {};
  circle["self"] = circle;
  test.each([
    ["a cycle", circle],
    ["a BigInt", { prompt: 1n }],
    ["something that throws", { prompt: { toJSON: () => JSON.parse("{") as unknown } }],
    ["null", null],
    ["an array", []],
    ["text", "text"],
    ["nothing", undefined],
  ])("is refused if it is %s", async (_, body) => {
    const { client, received } = await startServer();
    const error = await errorOf(() => client().titles.fromText(body as typeof prompt));
    expect(error).toBeInstanceOf(PikzelsInputError);
    expect(received).toEqual([]);
  });
});

describe("a hostile response", () => {
  test("is a typed error or its JSON object, whatever its status, headers and body", async () => {
    let next = { status: 200, body: Buffer.alloc(0), headers: {} };
    const { client } = await startServer((_, response) => {
      response.writeHead(next.status, next.headers);
      response.end(next.body);
    });
    let runs = 0;
    const status = fc.oneof(
      fc.constantFrom(200, 201, 204, 302, 400, 429, 500),
      fc.integer({ min: 200, max: 599 }),
    );
    const envelope = fc.record(
      {
        error: fc.oneof(
          fc.jsonValue(),
          fc.record({ code: fc.jsonValue(), message: fc.jsonValue(), details: fc.jsonValue() }),
        ),
        request_id: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const json = fc.oneof(fc.jsonValue(), envelope).map((value) => JSON.stringify(value));
    const body = fc.oneof(json, fc.string({ unit: "binary" })).map((text) => Buffer.from(text));
    const headers = fc.record(
      {
        "retry-after": fc.oneof(fc.constantFrom("-1", "1e9", "NaN", "GMT"), fc.nat().map(String)),
        "content-type": fc.constantFrom("application/json", "text/html", "image/png"),
        "x-request-id": fc.string({ unit: fc.constantFrom("a", "-", "1") }),
      },
      { requiredKeys: [] },
    );

    await fc.assert(
      fc.asyncProperty(
        status,
        fc.oneof(
          body,
          fc.uint8Array().map((bytes) => Buffer.from(bytes)),
        ),
        headers,
        async (status, body, headers) => {
          next = { status, body, headers };
          // Each has a key of its own: the pause after a 429 applies to all calls of a key.
          const { titles } = client({ apiKey: `pkz_${runs++}` });
          const outcome = await titles.fromText(prompt).then(
            (value) => ({ value, error: undefined }),
            (error: unknown) => ({ value: undefined, error }),
          );
          if (outcome.error === undefined) {
            expect(status).toBeLessThan(300);
            expect(outcome.value).toEqual(JSON.parse(body.toString()));
            expect(outcome.value).toBeTypeOf("object");
            return;
          }
          const { error } = outcome;
          // `fetch` itself treats a proxy's request for a password as a network error.
          if (status === 407) {
            expect(error).toBeInstanceOf(PikzelsConnectionError);
            return;
          }
          expect(
            [PikzelsApiError, PikzelsUnexpectedResponseError].some((type) => error instanceof type),
          ).toBe(true);
          expect(error).toMatchObject({ status, attempts: 1 });
          expect((error as Error).message.length).toBeLessThan(2000);
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each(["__proto__", "constructor", "prototype"])(
    "changes nothing with %s in its JSON",
    async (name) => {
      const hostile = `{"${name}": {"polluted": true, "prototype": {"polluted": true}}, "outputs": []}`;
      let isFailure = false;
      const { client } = await startServer((_, response) => {
        if (!isFailure) return response.end(hostile);
        response.statusCode = 400;
        return response.end(
          `{"error": {"code": "CONFLICT", "message": "m", "${name}": {"polluted": 1}}, "${name}": {"polluted": 1}}`,
        );
      });

      const answer = await client().titles.fromText(prompt);
      isFailure = true;
      const error = await errorOf(() => client().titles.fromText(prompt));

      expect(Object.hasOwn(answer, name)).toBe(true);
      expect(Object.getPrototypeOf(answer)).toBe(Object.prototype);
      expect(error).toMatchObject({ code: "CONFLICT" });
      expect(error).not.toHaveProperty("polluted");
    },
  );

  test("with a code named like something else has an unknown code", async () => {
    for (const code of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
      const { client } = await startServer((_, response) => {
        response.writeHead(400).end(JSON.stringify({ error: { code, message: "m" } }));
      });
      const error = await errorOf(() => client().titles.fromText(prompt));
      expect(error).toBeInstanceOf(PikzelsApiError);
      expect(error).toMatchObject({ code, meaning: undefined });
    }
  });

  test("with endlessly nested JSON is a typed error or that JSON", async () => {
    const { client } = await startServer((_, response) => {
      response.end(`{"a":${"[".repeat(200_000)}${"]".repeat(200_000)}}`);
    });
    const error = await errorOf(() => client().titles.fromText(prompt));
    if (error !== undefined) expect(isPikzelsError(error)).toBe(true);
  });
});

describe("a hostile download", () => {
  /** A picture of 50,000 × 50,000 pixels in a few kilobytes. */
  const bomb = Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xc3\x50\0\0\xc3\x50\x08\x02\0\0\0", "latin1"),
    Buffer.alloc(4),
    deflateSync(Buffer.alloc(2 ** 20)),
  ]);

  test("that is an image bomb is passed on compressed, byte for byte", async () => {
    const { url, client } = await startServer((_, response) => response.end(bomb));
    const blob = await client().download(`${url}/a.png`);
    expect(Buffer.from(await blob.arrayBuffer())).toEqual(bomb);
  });

  test("that decompresses to more than the limit ends at the limit", async () => {
    const { gzipSync } = await import("node:zlib");
    const png = Buffer.concat([bomb, Buffer.alloc(8 * 2 ** 20)]);
    const { url, client } = await startServer((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(png));
    });
    const error = await errorOf(() => client().download(`${url}/a.png`, { maxBytes: 2 ** 20 }));
    expect(error).toBeInstanceOf(PikzelsUnexpectedResponseError);
  });

  test("that is not an image is refused, whatever it claims to be", async () => {
    const { url, client } = await startServer((_, response) => {
      response.writeHead(200, { "content-type": "image/png" }).end("<script>alert(1)</script>");
    });
    const error = await errorOf(() => client().download(`${url}/a.png`));
    expect(error).toBeInstanceOf(PikzelsUnexpectedResponseError);
  });

  test.each([
    "http://example.com/a.png",
    "file:///etc/passwd",
    "ftp://a/b",
    "",
    "a.png",
    "data:,x",
  ])("from %j is refused", async (address) => {
    const error = await errorOf(() => createPikzels({ apiKey: "pkz_a" }).download(address));
    expect(error).toBeInstanceOf(PikzelsInputError);
  });
});
