import type { DownloadOptions } from "pikzels-client";
import { describe, expect, test, vi } from "vitest";
import { controlClock } from "../support/controlled-clock.js";
import { SAMPLES } from "../support/images.js";
import { networkError, stubClient, unanswered } from "../support/stub-fetch.js";

const PNG = SAMPLES["image/png"];
const ADDRESS = "https://cdn.example.com/1.png?signature=secret";

type Script = Parameters<typeof stubClient>[0];

controlClock(1);

/**
 * What a download has resolved or rejected with, and the requests it has sent, after `ms`
 * milliseconds.
 */
async function downloadOf(script: Script, options: DownloadOptions = {}, ms = 300_000) {
  const { pikzels, requests } = stubClient(script);
  let outcome: unknown = "pending";
  pikzels.download(ADDRESS, options).then(
    (blob) => (outcome = blob),
    (error: unknown) => (outcome = error),
  );
  await vi.advanceTimersByTimeAsync(ms);
  return { outcome, requests };
}

/**
 * A response whose body arrives in these pieces; `cancel` observes whether the body is released.
 */
function inPieces(pieces: Uint8Array<ArrayBuffer>[], init: ResponseInit = {}) {
  const cancel = vi.fn();
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const piece = pieces.shift();
      if (piece) controller.enqueue(piece);
      else controller.close();
    },
    cancel,
  });
  return { answer: () => new Response(body, init), cancel };
}

describe("the request of a download", () => {
  test("is a GET without headers that does not follow redirects by itself", async () => {
    const { requests } = await downloadOf([new Response(PNG)]);
    expect(requests).toEqual([
      {
        url: ADDRESS,
        init: {
          method: "GET",
          headers: {},
          redirect: "manual",
          signal: expect.anything() as never,
        },
      },
    ]);
  });

  test.each([300, 399])("is repeated at the location of a %i", async (status) => {
    const { outcome, requests } = await downloadOf([redirect(status), new Response(PNG)]);
    expect(outcome).toBeInstanceOf(Blob);
    expect(requests.map(({ url }) => url)).toEqual([ADDRESS, "https://cdn.example.com/2.png"]);
  });

  test.each([299, 400])("is not repeated at the location of a %i", async (status) => {
    const { outcome, requests } = await downloadOf([redirect(status), new Response(PNG)]);
    expect(outcome).toMatchObject({ name: "PikzelsUnexpectedResponseError", status });
    expect(requests).toHaveLength(1);
  });

  /** A stream may behave like this: `Response` itself refuses some of these. */
  function redirect(status: number) {
    return new Response(null, { status, headers: { location: "/2.png" } });
  }
});

describe("the size of a download", () => {
  test("may be exactly maxBytes, and not one byte more", async () => {
    const passing = await downloadOf([new Response(PNG)], { maxBytes: PNG.length });
    expect(passing.outcome).toBeInstanceOf(Blob);
    const over = await downloadOf([new Response(PNG)], { maxBytes: PNG.length - 1 });
    expect(over.outcome).toMatchObject({
      name: "PikzelsUnexpectedResponseError",
      message: expect.stringContaining(`longer than ${PNG.length - 1} bytes`) as string,
    });
  });

  test("may be 64 MiB by default", async () => {
    const piece = new Uint8Array(1024 * 1024);
    const pieces = (count: number) => [PNG, ...Array<typeof piece>(count).fill(piece)];
    const { outcome } = await downloadOf([inPieces(pieces(63)).answer]);
    expect((outcome as Blob).size).toBe(63 * 1024 * 1024 + PNG.length);
    const over = await downloadOf([inPieces(pieces(64)).answer]);
    expect(over.outcome).toMatchObject({
      message: expect.stringContaining("longer than 67108864 bytes") as string,
    });
  });

  test("is no problem for an image that arrives byte by byte", async () => {
    const bytes = Array.from(PNG, (byte) => Uint8Array.of(byte));
    const { outcome } = await downloadOf([inPieces(bytes).answer]);
    expect(outcome).toMatchObject({ type: "image/png", size: PNG.length });
    expect(new Uint8Array(await (outcome as Blob).arrayBuffer())).toEqual(PNG);
  });

  test.each([403, 500, 302])(
    "does not matter for a %i, whose body is released unread",
    async (status) => {
      const { answer, cancel } = inPieces([PNG], { status, headers: { location: "/2.png" } });
      await downloadOf([answer, new Response("", { status: 404 })], { timeoutMs: 100 });
      expect(cancel).toHaveBeenCalled();
    },
  );

  test("is never zero: a response without a body is not an image", async () => {
    const { outcome } = await downloadOf([new Response(null, { status: 204 })]);
    expect(outcome).toMatchObject({ name: "PikzelsUnexpectedResponseError", status: 204 });
  });

  test.each([{ maxBytes: 0 }, { maxBytes: 1.5 }, { timeoutMs: 0 }])(
    "is checked by options: %j is refused before anything is sent",
    async (options) => {
      const { outcome, requests } = await downloadOf([new Response(PNG)], options);
      expect(outcome).toMatchObject({
        name: "PikzelsInputError",
        message: expect.stringContaining(Object.keys(options).join()) as string,
      });
      expect(requests).toHaveLength(0);
    },
  );
});

describe("the time of a download", () => {
  test("is limited to two minutes by default", async () => {
    const { outcome } = await downloadOf([unanswered], {}, 119_999);
    expect(outcome).toBe("pending");
    await vi.advanceTimersByTimeAsync(1);
    const late = await downloadOf([unanswered], {}, 120_000);
    expect(late.outcome).toMatchObject({
      name: "PikzelsTimeoutError",
      outcome: "unknown",
      operation: { method: "GET", path: "https://cdn.example.com/1.png" },
      message: expect.stringContaining("120000 ms") as string,
    });
  });

  test("includes waits between attempts that double from half a second on", async () => {
    const script = [networkError("ECONNRESET"), networkError("ECONNRESET"), new Response(PNG)];
    expect((await downloadOf(script, {}, 499)).requests).toHaveLength(1);
    expect((await downloadOf(script, {}, 1499)).requests).toHaveLength(2);
    expect((await downloadOf(script, {}, 1500)).outcome).toBeInstanceOf(Blob);
    await vi.runAllTimersAsync();
  });

  test("includes a Retry-After of up to a minute", async () => {
    const busy = (after: string) =>
      new Response("", { status: 503, headers: { "retry-after": after } });
    expect((await downloadOf([busy("60"), new Response(PNG)], {}, 60_000)).outcome).toBeInstanceOf(
      Blob,
    );
    const { outcome, requests } = await downloadOf([busy("61"), new Response(PNG)]);
    expect(outcome).toMatchObject({ status: 503, retryAfterMs: 61_000, outcome: "rejected" });
    expect(requests).toHaveLength(1);
  });
});

describe("the error of a download", () => {
  test.each([
    ["ENOTFOUND", "not-sent"],
    ["ECONNRESET", "unknown"],
  ])("names %s, has the outcome %s, and says that nothing was saved", async (code, expected) => {
    const error = networkError(code);
    const { outcome } = await downloadOf([error]);
    expect(outcome).toMatchObject({
      name: "PikzelsConnectionError",
      outcome: expected,
      cause: error,
      message: `Download of https://cdn.example.com/1.png: the connection failed (${code}). Nothing was saved.`,
    });
  });

  test("is a connection error if the body is cut off", async () => {
    const broken = () =>
      new Response(
        new ReadableStream({
          pull: (controller) => {
            controller.error(networkError("ECONNRESET"));
          },
        }),
      );
    const { outcome, requests } = await downloadOf([broken]);
    expect(outcome).toMatchObject({ name: "PikzelsConnectionError", outcome: "unknown" });
    expect(requests).toHaveLength(3);
  });

  test.each([
    [403, /: 403, the address has expired\. Nothing was saved\. .*24 hours\.$/],
    [500, /: 500\. Nothing was saved\.$/],
    [200, /: the response is not an image\. Nothing was saved\.$/],
  ])("says what a %i means", async (status, message) => {
    const { outcome } = await downloadOf([new Response("<Error>", { status })]);
    expect((outcome as Error).message).toMatch(message);
    expect(outcome).toMatchObject({ outcome: "rejected" });
  });
});
