import { PassThrough, Readable } from "node:stream";
import { runInNewContext } from "node:vm";
import { type Fetch } from "pikzels-client";
import { describe, expect, test, vi } from "vitest";
import { SAMPLES } from "../support/images.js";
import { createPikzels } from "../support/client.js";

const PNG = SAMPLES["image/png"];
const WHOLE = new Uint8Array([...PNG, ...new Uint8Array(1000)]);
const ADDRESS = "https://cdn.example.com/1.png?signature=secret";

/** A response as some `fetch` may return it, with a body that is not a stream of this realm. */
function responseWith(body: unknown, headers: Record<string, string> = {}): Response {
  return Object.assign(Object.create(null), {
    status: 200,
    ok: true,
    headers: new Headers(headers),
    body,
    arrayBuffer: () => Promise.resolve(WHOLE.buffer),
  }) as Response;
}

/** A stream as a library may wrap one: neither the signal nor a cancellation reaches it. */
function deafStream(chunks: Uint8Array[], ends: boolean) {
  const queue = [...chunks];
  const read = () => {
    const value = queue.shift();
    if (value) return Promise.resolve({ done: false, value });
    return ends ? Promise.resolve({ done: true }) : new Promise(() => undefined);
  };
  return { locked: false, getReader: () => ({ read, cancel: () => new Promise(() => undefined) }) };
}

const ways: [string, (chunks: Uint8Array[], ends: boolean) => unknown][] = [
  [
    "a web stream",
    (chunks, ends) =>
      new ReadableStream({
        start: (controller) => {
          for (const chunk of chunks) controller.enqueue(chunk);
          if (ends) controller.close();
        },
      }),
  ],
  [
    "a Node stream, as node-fetch returns it",
    (chunks, ends) => {
      const stream = new PassThrough();
      for (const chunk of chunks) stream.write(chunk);
      if (ends) stream.end();
      return stream;
    },
  ],
  ["a stream that ignores being cancelled", deafStream],
  [
    "an async iterable from another realm",
    (chunks, ends) =>
      runInNewContext(
        "(async function* () { for (const c of chunks) yield new Uint8Array(c); if (!ends) await new Promise(() => {}); })()",
        { chunks: chunks.map((chunk) => [...chunk]), ends },
      ) as unknown,
  ],
];

const clientOf = (fetch: Fetch) => createPikzels({ apiKey: "pkz_test", fetch });

describe.each(ways)("a download whose body is %s", (_way, bodyOf) => {
  test("resolves to the whole image", async () => {
    const body = bodyOf([WHOLE.slice(0, 10), WHOLE.slice(10)], true);
    const headers = { "content-length": String(WHOLE.length) };
    const image = await clientOf(() => Promise.resolve(responseWith(body, headers))).download(
      ADDRESS,
    );
    expect(new Uint8Array(await image.arrayBuffer())).toEqual(WHOLE);
  });

  test("rejects if the body ends before its Content-Length", async () => {
    vi.useFakeTimers();
    const headers = { "content-length": String(WHOLE.length) };
    const fetch = () => Promise.resolve(responseWith(bodyOf([WHOLE.slice(0, 500)], true), headers));
    const call = expect(clientOf(fetch).download(ADDRESS)).rejects.toMatchObject({
      name: "PikzelsConnectionError",
      cause: { message: `It ended after 500 of ${WHOLE.length} bytes` },
      url: ADDRESS,
    });
    await vi.runAllTimersAsync();
    await call;
    vi.useRealTimers();
  });

  test.each(["an abort", "a timeout"])("rejects after %s half-way", async (how) => {
    vi.useFakeTimers();
    const controller = new AbortController();
    const { signal } = controller;
    const fetch = () => Promise.resolve(responseWith(bodyOf([WHOLE.slice(0, 500)], false)));
    const call = clientOf(fetch).download(ADDRESS, { signal, timeoutMs: 1000 });
    const error = call.catch((reason: unknown) => reason);
    await vi.advanceTimersByTimeAsync(500);
    if (how === "an abort") controller.abort(new Error("enough"));
    await vi.advanceTimersByTimeAsync(500);
    expect(await error).toMatchObject(
      how === "an abort" ? { message: "enough" } : { name: "PikzelsTimeoutError", url: ADDRESS },
    );
    vi.useRealTimers();
  });
});

test("a download without streams, as on some platforms, resolves to the whole image", async () => {
  const image = await clientOf(() => Promise.resolve(responseWith(undefined))).download(ADDRESS);
  expect(image.size).toBe(WHOLE.length);
});

test("a download whose Node stream is destroyed half-way rejects", async () => {
  const fetch = () => {
    const body = new Readable({ read: () => undefined });
    body.push(WHOLE.slice(0, 500));
    setImmediate(() => body.destroy());
    return Promise.resolve(responseWith(body));
  };
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const call = expect(clientOf(fetch).download(ADDRESS)).rejects.toMatchObject({
    name: "PikzelsConnectionError",
  });
  for (let step = 0; step < 100; step++) {
    await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(1000);
  }
  await call;
  vi.useRealTimers();
});
