import {
  createPikzels,
  PikzelsConnectionError,
  PikzelsExpiredError,
  PikzelsInputError,
  PikzelsTimeoutError,
  PikzelsUnexpectedResponseError,
} from "pikzels-client";
import { downloadTo, readImage, type DownloadProgress } from "pikzels-client/node";
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { SAMPLES } from "../support/images.js";
import { serve } from "../support/loopback.js";
import { CANARY, networkError, stubClient, unanswered } from "../support/stub-fetch.js";

const PNG = SAMPLES["image/png"];
const pikzels = createPikzels({ apiKey: CANARY });
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pikzels-download-"));
});
afterAll(() => rm(folder, { recursive: true }));

const picture = (type = "application/octet-stream") =>
  new Response(PNG, { headers: { "content-type": type } });

async function bytesOf(blob: Blob) {
  return new Uint8Array(await blob.arrayBuffer());
}

describe("download", () => {
  test("gives the image, typed by its bytes; sends no key", async () => {
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

  test.each([403, 404, 410])("a %i says that the address has expired", async (status) => {
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
    ["nothing", ""],
    ["JSON", "{}"],
  ])("what is no image is refused: %s", async (_what, body) => {
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
  ])("an address that is not https is refused before sending: %j", async (address) => {
    const { pikzels, requests } = stubClient([picture()]);
    const call = pikzels.download(address as never);
    await expect(call).rejects.toBeInstanceOf(PikzelsInputError);
    const output = pikzels.download({ output: address as never });
    await expect(output).rejects.toBeInstanceOf(PikzelsInputError);
    for (const none of [undefined, null])
      await expect(pikzels.download(none as never)).rejects.toBeInstanceOf(PikzelsInputError);
    await expect(output).rejects.toThrow(/from an https address/);
    expect(requests).toHaveLength(0);
  });

  const redirect = (location: string) => new Response(null, { status: 302, headers: { location } });

  test("redirects are followed by hand, five at most", async () => {
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

  test("never to an address that is not safe to reach", async () => {
    const { pikzels, requests } = stubClient([redirect("http://evil.example/1.png"), picture()]);
    const call = pikzels.download("https://cdn.example.com/0");
    await expect(call).rejects.toBeInstanceOf(PikzelsInputError);
    expect(requests).toHaveLength(1);
  });

  test("more than maxBytes is not read, whatever the length claims", async () => {
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

  test("passing failures are gone over, with backoff", async () => {
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

  test("the time, and an abort, cut through it", async () => {
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

describe("downloadTo", () => {
  test("streams to a file, reports progress, and tells what it wrote", async () => {
    const { url } = await serve((_request, response) => {
      response.setHeader("content-length", PNG.length);
      response.write(PNG.subarray(0, 10));
      setImmediate(() => response.end(PNG.subarray(10)));
    });
    const path = join(folder, "whole.png");
    const progress: DownloadProgress[] = [];
    const saved = await downloadTo({ output: `${url}/1.png` }, path, {
      onProgress: (step) => progress.push(step),
    });
    expect(saved).toEqual({ path, mediaType: "image/png", bytes: PNG.length });
    expect(new Uint8Array(await readFile(path))).toEqual(PNG);
    expect(progress.at(-1)).toEqual({ receivedBytes: PNG.length, totalBytes: PNG.length });
  });

  test.each<[string, (path: string) => Promise<unknown>]>([
    ["an expired address", (path) => downloadTo("https://x.example/1", path, { fetch: stub(404) })],
    ["no image", (path) => downloadTo("https://x.example/1", path, { fetch: stub(200, "text") })],
    [
      "a break in the middle",
      async (path) => {
        const { url } = await serve((_request, response) => {
          response.write(Buffer.concat([PNG, Buffer.alloc(100)]));
          setImmediate(() => response.destroy());
        });
        await downloadTo(url, path, { timeoutMs: 300 });
      },
    ],
    [
      "a callback that throws",
      (path) =>
        downloadTo("https://x.example/1", path, {
          fetch: () => Promise.resolve(picture()),
          onProgress: () => {
            throw new Error("no progress bar");
          },
        }),
    ],
  ])("leaves nothing behind, and the old file as it was: %s", async (_what, attempt) => {
    const path = join(folder, "old.png");
    await writeFile(path, "old");
    const before = await readdir(folder);
    await expect(attempt(path)).rejects.toThrow();
    // Where its time is up, a call does not wait for the file system to have cleaned up.
    await expect.poll(() => readdir(folder)).toEqual(before);
    expect(await readFile(path, "utf8")).toBe("old");
  });

  test("a folder that is not there is the file system's own error", async () => {
    const path = join(folder, "missing", "1.png");
    const options = { fetch: () => Promise.resolve(picture()) };
    const call = downloadTo("https://x.example/1", path, options);
    await expect(call).rejects.toMatchObject({ code: "ENOENT" });
  });

  const stub =
    (status: number, body = "") =>
    () =>
      Promise.resolve(new Response(body, { status }));
});

describe("readImage", () => {
  test("gives the data URL of a file, by its bytes and not its name", async () => {
    const path = join(folder, "picture.jpg");
    await writeFile(path, PNG);
    const expected = `data:image/png;base64,${Buffer.from(PNG).toString("base64")}`;
    await expect(readImage(path)).resolves.toBe(expected);
    await expect(readImage(new URL(`file://${path}`))).resolves.toBe(expected);
  });

  test("a file that is too large is not read", async () => {
    const path = join(folder, "film.png");
    await writeFile(path, PNG);
    await truncate(path, 5 * 1024 ** 3);
    await expect(readImage(path)).rejects.toThrow("5368709120 bytes");
  });

  test.each([
    ["a missing one", "nowhere.png", "(ENOENT)"],
    ["a folder", ".", "(it is no file)"],
  ])("what cannot be read is named, and why: %s", async (_what, name, reason) => {
    const path = join(folder, name);
    await expect(readImage(path)).rejects.toMatchObject({
      name: "PikzelsInputError",
      message: `The image ${path} cannot be read ${reason}. Nothing was sent.`,
      cause: expect.any(Error) as Error,
    });
  });

  test("so is what is no image", async () => {
    const path = join(folder, "notes.png");
    await writeFile(path, "buy milk");
    await expect(readImage(path)).rejects.toThrow(
      `The image ${path} is no image of a known kind, not PNG, JPEG, WebP, GIF or AVIF.`,
    );
  });

  test("an endless device is refused, not read", async () => {
    await expect(readImage("/dev/zero")).rejects.toThrow("cannot be read");
  });
});
