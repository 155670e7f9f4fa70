import { downloadTo, type DownloadProgress } from "pikzels-client/node";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SAMPLES } from "../support/images.js";
import { serve } from "../support/loopback.js";

const PNG = SAMPLES["image/png"];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pikzels-download-"));
});
afterAll(() => rm(folder, { recursive: true }));

const picture = () => new Response(PNG);

describe("downloadTo", () => {
  test("streams to a file, reports progress, and resolves to what it wrote", async () => {
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
    [
      "a response that is not an image",
      (path) => downloadTo("https://x.example/1", path, { fetch: stub(200, "text") }),
    ],
    [
      "a connection that breaks half-way",
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
  ])("leaves the folder as it was after %s", async (_what, attempt) => {
    const path = join(folder, "old.png");
    await writeFile(path, "old");
    const before = await readdir(folder);
    await expect(attempt(path)).rejects.toThrow();
    // When its time is up, a call does not wait until the file system has cleaned up.
    await expect.poll(() => readdir(folder)).toEqual(before);
    expect(await readFile(path, "utf8")).toBe("old");
  });

  test("rejects with the error of the file system if the folder does not exist", async () => {
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
