import { PassThrough } from "node:stream";
import { inspect } from "node:util";
import type { Limiter } from "pikzels-client";
import { describe, expect, test, vi } from "vitest";
import { sendOnce } from "../support/send-once.js";
import { CANARY } from "../support/stub-fetch.js";

/** The stream that a call resolves to. */
async function streamFrom(body: BodyInit | null, options: Parameters<typeof sendOnce>[2] = {}) {
  const { answer } = await sendOnce("stream", new Response(body), options);
  return answer?.value as ReadableStream<Uint8Array>;
}

function limiterWithLog() {
  const release = vi.fn();
  return {
    release,
    concurrency: { acquire: () => Promise.resolve({ release }) } satisfies Limiter,
  };
}

/** A body that never ends by itself. */
function endless(...chunks: string[]) {
  const cancel = vi.fn();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
    },
    cancel,
  });
  return { body, cancel };
}

const textOf = (stream: ReadableStream<Uint8Array>) => new Response(stream).text();
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

describe("a stream that a call resolves to", () => {
  test("passes on every event, without the key even if chunks split it", async () => {
    const [half, rest] = [CANARY.slice(0, 8), CANARY.slice(8)];
    const body = new ReadableStream({
      start(controller) {
        for (const text of ["data: é1\n\n", `data: ${half}`, `${rest}\n\ndata: 3`])
          controller.enqueue(new TextEncoder().encode(text));
        controller.close();
      },
    });
    const stream = await streamFrom(body);
    expect(await textOf(stream)).toBe("data: é1\n\ndata: [the API key]\n\ndata: 3");
  });

  test("is read from a Node stream, as node-fetch returns it", async () => {
    const body = new PassThrough();
    body.end("data: 1\n\n");
    const fetch = () => Promise.resolve({ status: 200, headers: new Headers(), body } as never);
    expect(await textOf(await streamFrom(null, { fetch }))).toBe("data: 1\n\n");
  });

  test("passes on a character whose bytes come in two chunks", async () => {
    const bytes = new TextEncoder().encode("data: é\n\n");
    const at = bytes.indexOf(0xc3) + 1;
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(bytes.subarray(0, at));
        controller.enqueue(bytes.subarray(at));
        controller.close();
      },
    });
    expect(await textOf(await streamFrom(body))).toBe("data: é\n\n");
  });

  test("passes on a line that never ends, in pieces", async () => {
    const line = "x".repeat(50_000);
    const { body } = endless(line, line, line);
    const reader = (await streamFrom(body)).getReader();
    const { value } = await reader.read();
    expect(new TextDecoder().decode(value)).toBe(line + line);
    await reader.cancel();
  });

  test("takes nothing of the answer before somebody reads it", async () => {
    const pull = vi.fn((controller: ReadableStreamDefaultController) => {
      controller.enqueue(new TextEncoder().encode("data: 1\n\n"));
    });
    const body = new ReadableStream({ pull }, { highWaterMark: 0 });
    const stream = await streamFrom(body);
    await nextTurn();
    expect(pull).not.toHaveBeenCalled();
    await stream.cancel();
  });

  test("keeps its slot until it has been read", async () => {
    const { release, concurrency } = limiterWithLog();
    const stream = await streamFrom("data: 1\n\n", { concurrency });
    await nextTurn();
    expect(release).not.toHaveBeenCalled();
    await textOf(stream);
    await nextTurn();
    expect(release).toHaveBeenCalledOnce();
  });

  test.each(["read", "unread"])(
    "frees its slot and connection if it is cancelled %s",
    async (how) => {
      const { body, cancel } = endless("data: 1\n\n");
      const { release, concurrency } = limiterWithLog();
      const reader = (await streamFrom(body, { concurrency })).getReader();
      if (how === "read") await reader.read();
      await reader.cancel();
      await nextTurn();
      expect(cancel).toHaveBeenCalledOnce();
      expect(release).toHaveBeenCalledOnce();
    },
  );

  test.each(["read", "unread"])(
    "frees its slot and connection if the signal aborts it %s",
    async (how) => {
      const { body, cancel } = endless("data: 1\n\n");
      const { release, concurrency } = limiterWithLog();
      const controller = new AbortController();
      const { signal } = controller;
      const reader = (await streamFrom(body, { concurrency, signal })).getReader();
      if (how === "read") await reader.read();
      const reason = new Error("enough");
      const pending = how === "read" && expect(reader.read()).rejects.toBe(reason);
      controller.abort(reason);
      await nextTurn();
      expect(cancel).toHaveBeenCalledOnce();
      expect(release).toHaveBeenCalledOnce();
      await pending;
      await expect(reader.read()).rejects.toBe(reason);
    },
  );

  test("ends with a typed error without the key if its connection breaks", async () => {
    const body = new ReadableStream({
      pull: (controller) => {
        controller.error(Object.assign(new Error(`reset ${CANARY}`), { headers: CANARY }));
      },
    });
    const { release, concurrency } = limiterWithLog();
    const error = await textOf(await streamFrom(body, { concurrency })).catch(
      (cause: unknown) => cause,
    );
    expect(error).toMatchObject({
      name: "PikzelsConnectionError",
      outcome: "unknown",
      message: expect.stringContaining("the stream broke off (reset [the API key])") as string,
      cause: { message: "reset [the API key]" },
    });
    expect(inspect(error, { showHidden: true, depth: Infinity })).not.toContain(CANARY);
    expect(release).toHaveBeenCalledOnce();
  });
});
