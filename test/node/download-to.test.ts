import { downloadTo, type DownloadProgress } from "pikzels-client/node";
import { readdirSync } from "node:fs";
import { mkdtemp, open, readdir, readFile, rm, writeFile, type FileHandle } from "node:fs/promises";
import { PikzelsFileError } from "pikzels-client";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
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
  test("streams to a file, reports progress, and resolves to a description of the file", async () => {
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
    expect(await readdir(folder)).toEqual(before);
    expect(await readFile(path, "utf8")).toBe("old");
  });

  test("saves the image even if its callback is asynchronous and rejects", async () => {
    const path = join(folder, "told.png");
    const onProgress = () => Promise.reject(new Error("no progress bar")) as never;
    const fetch = () => Promise.resolve(picture());
    await downloadTo("https://x.example/1", path, { fetch, onProgress });
    expect(new Uint8Array(await readFile(path))).toEqual(PNG);
  });

  test("leaves nothing behind when it rejects, and nothing appears later", async () => {
    const path = join(folder, "old.png");
    await writeFile(path, "old");
    const before = await readdir(folder);
    const { url } = await serve((_request, response) => {
      response.write(Buffer.concat([PNG, Buffer.alloc(100_000)]));
    });
    const controller = new AbortController();
    const options = {
      signal: controller.signal,
      onProgress: () => {
        controller.abort(new Error("enough"));
      },
    };
    const aborted = await downloadTo(url, path, options).catch((reason: unknown) => reason);
    expect(readdirSync(folder)).toEqual(before);
    expect(aborted).toMatchObject({ message: "enough" });

    const late = await downloadTo(url, path, { timeoutMs: 200 }).catch((error: unknown) => error);
    expect(readdirSync(folder)).toEqual(before);
    expect(late).toMatchObject({ name: "PikzelsTimeoutError", url: `${url}/` });
    expect(await readFile(path, "utf8")).toBe("old");
  });

  test("saves what it was given, whatever happens to that afterwards", async () => {
    const { url } = await serve((_request, response) => response.end(PNG));
    const path = join(folder, "captured.png");
    const source = { output: `${url}/1.png` };
    const saving = downloadTo(source, path);
    source.output = "https://elsewhere.example.com/2.png";
    await expect(saving).resolves.toMatchObject({ path });
  });

  test("writes a file whose name has the maximum length", async () => {
    const path = join(folder, `${"n".repeat(251)}.png`);
    await downloadTo("https://x.example/1", path, { fetch: () => Promise.resolve(picture()) });
    expect(new Uint8Array(await readFile(path))).toEqual(PNG);
  });

  const stub =
    (status: number, body = "") =>
    () =>
      Promise.resolve(new Response(body, { status }));
});

describe("downloadTo a file that cannot be written", () => {
  const address = "https://x.example/1.png?signature=s";
  const fetch = vi.fn(() => Promise.resolve(picture()));
  beforeEach(() => fetch.mockClear());
  afterEach(() => vi.restoreAllMocks());

  test.each([
    ["a missing folder", "missing/1.png", "the folder does not exist (ENOENT)"],
    ["a file instead of the folder", "file/1.png", "the folder does not exist (ENOTDIR)"],
    ["a folder instead of the file", ".", "the path is a folder (EISDIR)"],
    ["a path that ends like a folder", "new/", "the path is a folder (EISDIR)"],
    ["a name that is too long", "n".repeat(300), "the name is too long (ENAMETOOLONG)"],
    ["a device instead of the file", "/dev/null", "the path is no regular file (ENOTSUP)"],
  ])("finds %s before it sends anything", async (_problem, name, happened) => {
    await writeFile(join(folder, "file"), "");
    const path = isAbsolute(name) ? name : join(folder, name);
    const error = await downloadTo(address, path, { fetch }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(PikzelsFileError);
    expect(error).toMatchObject({
      message: `Saving ${path}: ${happened}. Nothing was sent. The image is still at ${address} until 24 hours after it was made: save it elsewhere.`,
      path,
      url: address,
      outcome: "not-sent",
    });
    expect(fetch).not.toHaveBeenCalled();
  });

  test.each(["", "a\0b"])("finds the impossible path %j before it sends anything", async (path) => {
    await expect(downloadTo(address, path, { fetch })).rejects.toMatchObject({
      name: "PikzelsFileError",
      outcome: "not-sent",
    });
    expect(fetch).not.toHaveBeenCalled();
  });

  test.each([
    ["EACCES", "permission denied"],
    ["EPERM", "permission denied"],
    ["EROFS", "the file system is read-only"],
    ["EDQUOT", "the disk quota is used up"],
    ["EIO", "the file cannot be written"],
  ])("says what %s means, and where the image still is", async (code, words) => {
    const before = await readdir(folder);
    const cause = Object.assign(new Error(code), { code });
    vi.spyOn(await fileHandlePrototype(), "writeFile").mockRejectedValue(cause);
    await expect(downloadTo(address, join(folder, "x.png"), { fetch })).rejects.toMatchObject({
      name: "PikzelsFileError",
      message: expect.stringContaining(`${words} (${code}). Nothing was saved.`) as string,
      url: address,
      outcome: "unknown",
    });
    expect(await readdir(folder)).toEqual(before);
  });

  test("does not make the given paid call if the folder is missing", async () => {
    const make = vi.fn(() => Promise.resolve({ output: address }));
    const call = downloadTo(make, join(folder, "missing/1.png"), { fetch });
    await expect(call).rejects.toMatchObject({ name: "PikzelsFileError", url: undefined });
    await expect(downloadTo(make, join(folder, "1.png"), { fetch, maxBytes: 0 })).rejects.toThrow();
    expect(make).not.toHaveBeenCalled();

    await downloadTo(make, join(folder, "made.png"), { fetch });
    expect(make).toHaveBeenCalledOnce();
    expect(new Uint8Array(await readFile(join(folder, "made.png")))).toEqual(PNG);
  });

  test("does not make the given paid call if its signal has aborted", async () => {
    const make = vi.fn(() => Promise.resolve({ output: address }));
    const target = join(folder, "aborted.png");
    const signal = AbortSignal.abort("enough");
    await expect(downloadTo(make, target, { fetch, signal })).rejects.toBe("enough");
    const controller = new AbortController();
    const call = downloadTo(make, target, { fetch, signal: controller.signal });
    controller.abort("late");
    await expect(call).rejects.toBe("late");
    expect(make).not.toHaveBeenCalled();
  });

  test.each<[string, unknown, object]>([
    ["no address", { output: null, request_id: "18b2" }, { url: undefined, requestId: "18b2" }],
    ["nothing", undefined, { url: undefined, requestId: undefined }],
    [
      "an address that is not safe",
      { output: "http://10.0.0.1/1.png" },
      { url: "http://10.0.0.1/1.png" },
    ],
  ])(
    "does not say that nothing was sent if the given paid call gave %s",
    async (_what, made, fields) => {
      const target = join(folder, "never.png");
      const error: unknown = await downloadTo(() => Promise.resolve(made as never), target).catch(
        (error: unknown) => error,
      );
      expect(error).toMatchObject({
        name: "PikzelsUnexpectedResponseError",
        outcome: "unknown",
        message: expect.stringMatching(/Nothing was saved\.(?!.*Nothing was sent)/) as string,
        ...fields,
      });
    },
  );

  test("reports a full disk with the address, leaves nothing behind, and does not retry", async () => {
    const before = await readdir(folder);
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), {
      code: "ENOSPC",
    });
    vi.spyOn(await fileHandlePrototype(), "writeFile").mockRejectedValue(full);
    const path = join(folder, "full.png");
    await expect(downloadTo(address, path, { fetch })).rejects.toMatchObject({
      name: "PikzelsFileError",
      message: expect.stringContaining("the disk is full (ENOSPC). Nothing was saved.") as string,
      path,
      url: address,
      outcome: "unknown",
      cause: full,
    });
    expect(fetch).toHaveBeenCalledOnce();
    expect(await readdir(folder)).toEqual(before);
  });
});

/** The class that every `FileHandle` inherits from; Node does not export it. */
async function fileHandlePrototype(): Promise<FileHandle> {
  const handle = await open(import.meta.filename);
  const prototype = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  return prototype;
}
