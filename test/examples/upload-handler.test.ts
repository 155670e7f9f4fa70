import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createPikzels } from "pikzels-client";
import { startEmulator, type Emulator } from "pikzels-client/emulator";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { createUploadServer } from "../../examples/upload-handler/server.js";
import { root } from "../docs/snippets.js";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

const picture = await readFile(join(root, "test/fixtures/images/photo.png"));

async function start(options?: { maxUploads: number }): Promise<string> {
  const pikzels = createPikzels({ apiKey: "pkz_example", baseUrl: emulator.url, maxRetries: 0 });
  const server = createUploadServer(pikzels, options).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/score`;
}

const post = (url: string, body: Uint8Array<ArrayBuffer>) => fetch(url, { method: "POST", body });

test("upload-handler scores an uploaded image", async () => {
  const response = await post(await start(), picture);
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ main_score: expect.any(Number) as number });
});

test("upload-handler refuses what is not an image, and pays for nothing", async () => {
  const response = await post(await start(), new TextEncoder().encode("Hello"));
  expect(response.status).toBe(415);
  expect(emulator.requests).toHaveLength(0);
});

test("upload-handler stops an upload at 10 MB, before it ends and without knowing its length", async () => {
  const upload = request(await start(), { method: "POST" });
  upload.on("error", () => undefined); // the server may hang up while we are still sending
  const answered = once(upload, "response") as Promise<[{ statusCode: number }]>;
  // One byte too many; the upload would never end.
  upload.write(Buffer.alloc(10 * 1024 * 1024 + 1));
  const [response] = await answered;
  expect(response.statusCode).toBe(413);
  expect(emulator.requests).toHaveLength(0);
  upload.destroy();
});

test("upload-handler limits the uploads at a time", async () => {
  const url = await start({ maxUploads: 1 });
  const first = request(url, { method: "POST" });
  first.on("error", () => undefined);
  first.write(picture.subarray(0, 8));
  // Refused while the first upload is under way.
  await vi.waitFor(async () => {
    const second = await post(url, picture);
    expect(second.status).toBe(503);
    expect(second.headers.get("retry-after")).toBe("5");
  });
  first.destroy();
  await vi.waitFor(async () => {
    expect((await post(url, picture)).status).toBe(200);
  });
});

test("upload-handler does not tell the sender what is wrong with our account", async () => {
  emulator.provoke({
    fault: "foreign-code",
    status: 402,
  });
  const response = await post(await start(), picture);
  expect(response.status).toBe(502);
  expect(await response.text()).not.toMatch(/published/i);
});
