import {
  PikzelsConnectionError,
  PikzelsExpiredError,
  PikzelsInputError,
  PikzelsTimeoutError,
  PikzelsUnexpectedResponseError,
} from "pikzels-client";
import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import { describe, expect, test, vi } from "vitest";
import { SAMPLES } from "../support/images.js";
import { serve } from "../support/loopback.js";
import { CANARY, networkError, stubClient, unanswered } from "../support/stub-fetch.js";
import { createPikzels } from "../support/client.js";

const PNG = SAMPLES["image/png"];
const pikzels = createPikzels({ apiKey: CANARY });

const picture = (type = "application/octet-stream") =>
  new Response(PNG, { headers: { "content-type": type } });

async function bytesOf(blob: Blob) {
  return new Uint8Array(await blob.arrayBuffer());
}

describe("download", () => {
  test("resolves to the image, typed by its bytes, and sends no key", async () => {
    const seen: string[] = [];
    const { url } = await serve((request, response) => {
      seen.push(inspect(request.rawHeaders));
      response.setHeader("content-type", "text/plain").end(PNG);
    });
    for (const source of [`${url}/1.png?signature=x`, { output: `${url}/1.png` }]) {
      const image = await pikzels.download(source);
      expect(image.type).toBe("image/png");
      expect(await bytesOf(image)).toEqual(PNG);
    }
    expect(seen).toHaveLength(2);
    expect(seen.join()).not.toMatch(/pkz_|x-api-key/i);
  });

  test("resolves to an image that the server compressed into more bytes than it has", async () => {
    const compressed = gzipSync(PNG, { level: 0 });
    expect(compressed.length).toBeGreaterThan(PNG.length);
    const { url } = await serve((_request, response) => {
      response.setHeader("content-encoding", "gzip");
      response.setHeader("content-length", compressed.length).end(compressed);
    });
    expect(await bytesOf(await pikzels.download(`${url}/1.png`))).toEqual(PNG);
  });

  test.each([
    ["throws before it returns a promise", "no fetch here"],
    ["resolves to nothing", "fetch resolved to no response"],
    ["resolves to a response without headers", "fetch resolved to a response without headers"],
  ])("reports a fetch that %s, with the address", async (what, message) => {
    const broken = () => {
      if (message === "no fetch here") throw new Error(message);
      return Promise.resolve((what.includes("nothing") ? undefined : { status: 200 }) as Response);
    };
    const client = createPikzels({ apiKey: CANARY, fetch: broken });
    vi.useFakeTimers();
    const call = expect(client.download("https://cdn.example.com/1.png")).rejects.toMatchObject({
      name: "PikzelsConnectionError",
      url: "https://cdn.example.com/1.png",
      cause: { message },
    });
    await vi.runAllTimersAsync();
    await call;
    vi.useRealTimers();
  });

  test.each([403, 404, 410])("reports an expired address for a %i", async (status) => {
    const { pikzels, requests } = stubClient([new Response("<Error>", { status })]);
    const call = pikzels.download("https://cdn.example.com/1.png?signature=secret");
    await expect(call).rejects.toBeInstanceOf(PikzelsExpiredError);
    await expect(call).rejects.toMatchObject({
      message: expect.stringContaining("24 hours") as string,
    });
    await expect(call).rejects.not.toThrow("secret");
    expect(requests).toHaveLength(1);
  });

  test.each([
    ["a web page", "<html>"],
    ["an empty body", ""],
    ["JSON", "{}"],
  ])("refuses a response that is not an image: %s", async (_what, body) => {
    const { pikzels } = stubClient([new Response(body)]);
    const call = pikzels.download("https://cdn.example.com/1.png");
    await expect(call).rejects.toBeInstanceOf(PikzelsUnexpectedResponseError);
  });

  test.each([
    "http://cdn.example.com/1.png",
    "ftp://x/1.png",
    "file:///etc/passwd",
    "1.png",
    "",
    7,
    ["https://cdn.example.com/1.png"],
  ])("refuses an address that is not https before it sends anything: %j", async (address) => {
    const { pikzels, requests } = stubClient([picture()]);
    const call = pikzels.download(address as never);
    await expect(call).rejects.toBeInstanceOf(PikzelsInputError);
    const output = pikzels.download({ output: address as never });
    await expect(output).rejects.toBeInstanceOf(PikzelsInputError);
    for (const none of [undefined, null])
      await expect(pikzels.download(none as never)).rejects.toBeInstanceOf(PikzelsInputError);
    await expect(output).rejects.toThrow(/from https addresses/);
    const url = typeof address === "string" ? address : undefined;
    await expect(call).rejects.toMatchObject({ url });
    expect(requests).toHaveLength(0);
  });

  const redirect = (location: string) => new Response(null, { status: 302, headers: { location } });

  test.each<[string, unknown]>([
    ["Promise", Promise.resolve("https://cdn.example.com/1.png")],
    ["URL", { output: new URL("https://cdn.example.com/1.png") }],
    ["Undefined", undefined],
    ["Null", { output: null }],
  ])("names what it was given instead of an address: %s", async (what, source) => {
    const { pikzels, requests } = stubClient([new Response(PNG)]);
    const error: unknown = await pikzels.download(source as never).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(PikzelsInputError);
    expect((error as Error).message).toContain(what);
    expect(requests).toHaveLength(0);
  });

  test("resolves to an image of a response that has nothing but a status, headers and a body", async () => {
    const response = { status: 200, headers: new Headers(), body: PNG };
    const { pikzels } = stubClient([() => response as never]);
    const image = await pikzels.download("https://cdn.example.com/1.png");
    expect(await bytesOf(image)).toEqual(PNG);
  });

  test("follows at most five redirects", async () => {
    const four = [1, 2, 3, 4].map((hop) => redirect(`https://cdn.example.com/${hop}`));
    const { pikzels, requests } = stubClient([...four, redirect("/relative"), picture()]);
    await expect(pikzels.download("https://cdn.example.com/0")).resolves.toBeInstanceOf(Blob);
    expect(requests.at(-1)?.url).toBe("https://cdn.example.com/relative");
    expect(inspect(requests)).not.toContain(CANARY);

    const endless = stubClient([redirect("https://cdn.example.com/again")]);
    const call = endless.pikzels.download("https://cdn.example.com/0");
    await expect(call).rejects.toThrow("too many redirects");
    expect(endless.requests).toHaveLength(6);
  });

  test.each([
    ["http://evil.example/1.png", "to an unencrypted address"],
    ["https://169.254.169.254/latest/meta-data", "to a host without a public name"],
    ["https://[::ffff:10.0.0.1]/1.png", "to a host without a public name"],
    ["http://2130706433/1.png", "to a host without a public name"],
    ["http://[", "to no address"],
  ])("does not follow a redirect to %s, at any hop", async (location, problem) => {
    const script = [redirect("https://cdn2.example.com/1"), redirect(location), picture()];
    const { pikzels, requests } = stubClient(script);
    const call = pikzels.download("https://cdn.example.com/0?signature=secret");
    await expect(call).rejects.toMatchObject({
      name: "PikzelsUnexpectedResponseError",
      status: 302,
      message: expect.stringContaining(`302, a redirect ${problem}; not followed`) as string,
      url: "https://cdn.example.com/0?signature=secret",
    });
    expect(requests).toHaveLength(2);
  });

  test("follows redirects between loopback addresses, such as the emulator's", async () => {
    const { url } = await serve((request, response) => {
      if (request.url === "/2.png") response.end(PNG);
      else response.writeHead(302, { location: "/2.png" }).end();
    });
    await expect(pikzels.download(`${url}/1.png`)).resolves.toBeInstanceOf(Blob);
  });

  test("refuses a 206, which is a part of an image", async () => {
    const { pikzels } = stubClient([new Response(PNG, { status: 206 })]);
    await expect(pikzels.download("https://cdn.example.com/1.png")).rejects.toMatchObject({
      name: "PikzelsUnexpectedResponseError",
      status: 206,
    });
  });

  test("reads no more than maxBytes, whatever Content-Length claims", async () => {
    const cancel = vi.fn();
    const chunk = new Uint8Array(1000);
    chunk.set(PNG);
    const endless = () =>
      new Response(
        new ReadableStream({
          pull: (controller) => {
            controller.enqueue(chunk);
          },
          cancel,
        }),
        { headers: { "content-length": "10" } },
      );
    const { pikzels } = stubClient([endless]);
    const call = pikzels.download("https://cdn.example.com/1.png", { maxBytes: 5000 });
    await expect(call).rejects.toThrow("longer than 5000 bytes");
    expect(cancel).toHaveBeenCalled();
  });

  test("retries temporary failures with backoff", async () => {
    vi.useFakeTimers();
    const script = [networkError("ECONNRESET"), new Response("", { status: 503 }), picture()];
    const { pikzels, requests } = stubClient(script);
    const call = pikzels.download("https://cdn.example.com/1.png");
    await vi.runAllTimersAsync();
    await expect(call).resolves.toBeInstanceOf(Blob);
    expect(requests).toHaveLength(3);

    const failing = stubClient([networkError("ECONNRESET")]);
    const failed = expect(
      failing.pikzels.download("https://cdn.example.com/1.png"),
    ).rejects.toBeInstanceOf(PikzelsConnectionError);
    await vi.runAllTimersAsync();
    await failed;
    expect(failing.requests).toHaveLength(3);
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  test("rejects as soon as its time is up or its signal aborts", async () => {
    vi.useFakeTimers();
    const { pikzels } = stubClient([unanswered]);
    const late = expect(
      pikzels.download("https://cdn.example.com/1.png", { timeoutMs: 1000 }),
    ).rejects.toBeInstanceOf(PikzelsTimeoutError);
    await vi.advanceTimersByTimeAsync(1000);
    await late;
    const controller = new AbortController();
    const reason = new Error("enough");
    const { signal } = controller;
    const call = pikzels.download("https://cdn.example.com/1.png", { signal });
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });
});
