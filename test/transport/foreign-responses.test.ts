import { PassThrough } from "node:stream";
import { runInNewContext } from "node:vm";
import type { Fetch } from "pikzels-client";
import { describe, expect, test } from "vitest";
import { CANARY, ID, TEXT_BODY, THUMBNAIL } from "../support/stub-fetch.js";
import { createPikzels } from "../support/client.js";

/**
 * What the `fetch` of another library or realm resolves to: an object shaped like a `Response`, but
 * not an instance.
 */
interface Shape {
  status: number;
  headers: unknown;
  body?: unknown;
  arrayBuffer?: () => Promise<ArrayBuffer>;
  text?: () => Promise<string>;
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** The headers of node-fetch 2: iterable pairs and `get`, but no platform class. */
function plainHeaders(entries: Record<string, string>) {
  return {
    get: (name: string) => entries[name.toLowerCase()] ?? null,
    [Symbol.iterator]: () => Object.entries(entries)[Symbol.iterator](),
  };
}

const shapes: [string, (text: string, status: number) => Shape][] = [
  [
    "node-fetch 2 and cross-fetch: a stream of Node, headers of its own",
    (text, status) => {
      const body = new PassThrough();
      // In chunks that split a character.
      for (const byte of bytesOf(text)) body.write(Uint8Array.of(byte));
      body.end();
      return { status, headers: plainHeaders({ "x-request-id": ID }), body };
    },
  ],
  [
    "node-fetch 3: a stream of Node that gives text",
    (text, status) => {
      const body = new PassThrough({ encoding: "utf8" });
      body.end(text);
      return { status, headers: new Headers({ "x-request-id": ID }), body };
    },
  ],
  [
    "another realm, as in Jest: bytes that are no Uint8Array of this one",
    (text, status) => {
      const body: unknown = runInNewContext(
        "(async function* () { yield new Uint8Array(bytes); })()",
        { bytes: [...bytesOf(text)] },
      );
      return { status, headers: new Headers({ "x-request-id": ID }), body };
    },
  ],
  [
    "a platform without streams: an ArrayBuffer of another realm",
    (text, status) => ({
      status,
      headers: new Headers({ "x-request-id": ID }),
      body: null,
      arrayBuffer: () =>
        Promise.resolve(
          runInNewContext("new Uint8Array(bytes).buffer", {
            bytes: [...bytesOf(text)],
          }) as ArrayBuffer,
        ),
    }),
  ],
  [
    "unfetch: a text, headers that cannot be iterated",
    (text, status) => ({
      status,
      headers: { entries: () => [["x-request-id", ID]] },
      text: () => Promise.resolve(text),
    }),
  ],
  [
    "a test double: a string as body",
    (text, status) => ({ status, headers: [["x-request-id", ID]], body: text }),
  ],
  [
    "a test double: a Buffer as body",
    (text, status) => ({ status, headers: [["x-request-id", ID]], body: Buffer.from(text) }),
  ],
];

test("a response with invalid headers reaches the caller without them", async () => {
  const headers = plainHeaders({ "bad name": "x", "x-text": "\u2713", "x-request-id": ID });
  const body = new PassThrough();
  body.end(JSON.stringify(THUMBNAIL));
  const fetch = () => Promise.resolve({ status: 200, headers, body } as unknown as Response);
  const { thumbnails } = createPikzels({ apiKey: CANARY, fetch });
  await expect(thumbnails.fromText(TEXT_BODY)).resolves.toEqual(THUMBNAIL);
});

test.each([
  ["null", null, undefined],
  ["missing", undefined, undefined],
  ["a plain object", { "x-request-id": ID, "x-list": ["a"], "x-key": CANARY }, ID],
])(
  "an answer whose headers are %s reaches the caller, without the key",
  async (_what, headers, id) => {
    const bytes = bytesOf(JSON.stringify(THUMBNAIL)).buffer;
    const shape = { status: 200, headers, body: null, arrayBuffer: () => Promise.resolve(bytes) };
    const fetch = () => Promise.resolve(shape as unknown as Response);
    const { thumbnails, api } = createPikzels({ apiKey: CANARY, fetch, maxRetries: 0 });
    await expect(thumbnails.fromText(TEXT_BODY)).resolves.toEqual(THUMBNAIL);
    const { response } = await api.POST("/v2/thumbnail/text", { body: TEXT_BODY });
    expect(response.headers.get("x-request-id") ?? undefined).toBe(id);
    expect(JSON.stringify([...response.headers])).not.toContain(CANARY);
  },
);

test.each([600, 999])(
  "a response with status %i is an unexpected response, even through api",
  async (status) => {
    const envelope = { error: { code: "CONTENT_POLICY", message: "No" } };
    const shape = { status, headers: new Headers(), body: null };
    const arrayBuffer = () => Promise.resolve(bytesOf(JSON.stringify(envelope)).buffer);
    const fetch = () => Promise.resolve({ ...shape, arrayBuffer } as unknown as Response);
    const { thumbnails, api } = createPikzels({ apiKey: CANARY, fetch, maxRetries: 0 });
    const unexpected = { name: "PikzelsUnexpectedResponseError", status, outcome: "unknown" };
    await expect(thumbnails.fromText(TEXT_BODY)).rejects.toMatchObject(unexpected);
    const call = api.POST("/v2/thumbnail/text", { body: TEXT_BODY });
    await expect(call).rejects.toMatchObject(unexpected);
  },
);

const throwing = Object.defineProperty({}, "status", {
  get: () => {
    throw new Error("no status");
  },
});

test.each<[string, unknown]>([
  ["undefined", undefined],
  ["null", null],
  ["text", "<html>"],
  ["an object without a status", { ok: true, body: null }],
  ["an object whose status is text", { status: "200" }],
  ["an object that throws", throwing],
])(
  "a fetch that resolves to %s is a failed connection, after which a POST is not sent again",
  async (what, value) => {
    let sent = 0;
    const fetch = () => Promise.resolve((sent++, value) as Response);
    const { thumbnails, api } = createPikzels({ apiKey: CANARY, fetch });
    const said = what.includes("throws")
      ? "the connection failed"
      : "fetch resolved to no response";
    const failed = {
      name: "PikzelsConnectionError",
      message: expect.stringContaining(said) as string,
      outcome: "unknown",
      attempts: 1,
    };
    await expect(thumbnails.fromText(TEXT_BODY)).rejects.toMatchObject(failed);
    const call = api.POST("/v2/thumbnail/text", { body: TEXT_BODY });
    await expect(call).rejects.toMatchObject(failed);
    expect(sent).toBe(2);
  },
);

describe.each(shapes)("a response of %s", (_who, shapeOf) => {
  const clientOf = (value: unknown, status = 200) => {
    const fetch: Fetch = () => Promise.resolve(shapeOf(JSON.stringify(value), status) as Response);
    return createPikzels({ apiKey: CANARY, fetch, maxRetries: 0 });
  };
  const told = { ...THUMBNAIL, note: `é ${CANARY}` };
  const redacted = { ...THUMBNAIL, note: "é [the API key]" };

  test("reaches the caller of a method, without the key", async () => {
    await expect(clientOf(told).thumbnails.fromText(TEXT_BODY)).resolves.toEqual(redacted);
  });

  test("reaches the caller of api, without the key", async () => {
    const { data, response } = await clientOf(told).api.POST("/v2/thumbnail/text", {
      body: TEXT_BODY,
    });
    expect(data).toEqual(redacted);
    expect(response.headers.get("x-request-id")).toBe(ID);
  });

  test("is a typed error if it is a failure", async () => {
    const envelope = { error: { code: "CONTENT_POLICY", message: "No" }, request_id: ID };
    await expect(clientOf(envelope, 400).thumbnails.fromText(TEXT_BODY)).rejects.toMatchObject({
      name: "PikzelsApiError",
      code: "CONTENT_POLICY",
      requestId: ID,
      outcome: "rejected",
    });
  });
});
