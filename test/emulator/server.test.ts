import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { PNG } from "pngjs";
import { startEmulator } from "pikzels-client/emulator";
import { call, create, emulatorForTest, thumbnail } from "./support.js";

describe("starting and closing the emulator", () => {
  test("it takes a given port, and close frees it", async () => {
    const first = await emulatorForTest();
    await expect(startEmulator({ port: first.port })).rejects.toMatchObject({ code: "EADDRINUSE" });

    await first.close();
    const second = await emulatorForTest({ port: first.port });

    expect(second.url).toBe(first.url);
  });

  test("closing it, even twice, ends all requests, and nothing more is charged", async () => {
    const emulator = await emulatorForTest({ processingMs: 60_000 });
    const busy = call(emulator, "POST", "/v2/thumbnail/text", thumbnail);
    const outcome = expect(busy).rejects.toThrow();
    while (emulator.stats.inFlight < 1) await new Promise(setImmediate);

    await Promise.all([emulator.close(), emulator[Symbol.asyncDispose]()]);

    await outcome;
    expect(emulator.ledger.charges).toEqual([]);
    await expect(fetch(emulator.url)).rejects.toThrow();
  });

  test("its address is in brackets on IPv6", async () => {
    const emulator = await emulatorForTest({ host: "::1" });
    expect(emulator.url).toBe(`http://[::1]:${emulator.port}`);
    expect((await call(emulator, "GET", "/v2/nothing")).status).toBe(404);
  });
});

describe("pictures of the emulator", () => {
  const output = async (emulator: Awaited<ReturnType<typeof emulatorForTest>>, format = "16:9") => {
    const body = { ...thumbnail, format };
    return (await call(emulator, "POST", "/v2/thumbnail/text", body)).body.output ?? "";
  };
  const bytes = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer());

  test.each([
    ["16:9", 1280, 720],
    ["9:16", 720, 1280],
    ["1:1", 1024, 1024],
  ])("a %s output is a PNG of %i × %i", async (format, width, height) => {
    const emulator = await emulatorForTest();
    const response = await fetch(await output(emulator, format));

    expect(response.headers.get("content-type")).toBe("image/png");
    // A decoder other than our encoder; it checks every checksum.
    const { width: w, height: h } = PNG.sync.read(Buffer.from(await response.arrayBuffer()));
    expect([w, h]).toEqual([width, height]);
  });

  test("an address always shows the same picture, and another output a different one", async () => {
    const emulator = await emulatorForTest();
    const [first, second] = [await output(emulator), await output(emulator)];

    expect((await bytes(first)).equals(await bytes(first))).toBe(true);
    expect((await bytes(first)).equals(await bytes(second))).toBe(false);
  });

  test("an output's address expires after 24 hours on the emulator's clock", async () => {
    const emulator = await emulatorForTest();
    const url = await output(emulator);
    emulator.advance(24 * 60 * 60 * 1000 - 1000);
    expect((await fetch(url)).status).toBe(200);

    emulator.advance(1000);

    const response = await fetch(url);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("NoSuchKey");
    const head = await fetch(url, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([404, ""]);
  });

  test("an expired address answers 403 if the options say so", async () => {
    const emulator = await emulatorForTest({ expiredStatus: 403 });
    const url = await output(emulator);
    emulator.advance(24 * 60 * 60 * 1000);
    const response = await fetch(url);
    expect(response.status).toBe(403);
    expect(await response.text()).toContain("Request has expired");
  });

  test("a picture is truecolour and contains the settings it was made with", async () => {
    const emulator = await emulatorForTest();
    const picture = await bytes(await output(emulator));
    expect(PNG.sync.read(picture)).toMatchObject({ colorType: 2, depth: 8 });
    expect(picture.toString("latin1")).toContain("tEXtSoftware\0Pikzels");
  });

  test("an address cannot be forged or changed", async () => {
    const emulator = await emulatorForTest();
    const url = new URL(await output(emulator));
    url.searchParams.set("expires", "99999999999");

    expect((await fetch(url)).status).toBe(404);
    expect((await fetch(`${emulator.url}/rest-api/outputs/x.png`)).status).toBe(404);
  });

  test("HEAD returns the length without a body", async () => {
    const emulator = await emulatorForTest();
    const url = await output(emulator);
    const head = await fetch(url, { method: "HEAD" });

    expect(Number(head.headers.get("content-length"))).toBe((await bytes(url)).length);
    expect(await head.text()).toBe("");
  });

  test("a style's portrait and references last as long as the style", async () => {
    const emulator = await emulatorForTest({ trainingMs: 0 });
    const path = `/v2/pikzonality/${await create(emulator, "style")}`;
    const { body } = await call(emulator, "GET", path);
    const urls = [body.portrait_url ?? "", ...(body.reference ?? [])];
    emulator.advance(400 * 24 * 60 * 60 * 1000);

    const pictures = await Promise.all(urls.map(bytes));
    expect(new Set(pictures.map((picture) => picture.toString("hex"))).size).toBe(4);
    for (const picture of pictures) expect(PNG.sync.read(picture).width).toBe(512);

    await call(emulator, "DELETE", path);
    expect((await fetch(urls[0] ?? "")).status).toBe(404);
  });

  test("addresses have the origin of the request, or the one in the options", async () => {
    const emulator = await emulatorForTest({ publicUrl: "https://pikzels.test/" });
    const url = await output(emulator);
    expect(url).toMatch(/^https:\/\/pikzels\.test\/rest-api\/outputs\//);

    const score = await call(emulator, "POST", "/v2/thumbnail/score", { image_url: url });
    expect(score.status).toBe(200);
  });
});

describe("the emulator also serves", () => {
  test("its document, unchanged", async () => {
    const emulator = await emulatorForTest();
    const { body } = await call(emulator, "GET", "/openapi.json");
    const file = new URL("../sample-api/generated/openapi.json", import.meta.url);
    expect(body).toEqual(JSON.parse(readFileSync(file, "utf8")));
  });

  test("browsers from any origin, which may read the request id", async () => {
    const emulator = await emulatorForTest();

    const preflight = await call(emulator, "OPTIONS", "/v2/thumbnail/text", undefined, { key: "" });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
    expect(preflight.headers.get("access-control-allow-headers")).toContain("X-Api-Key");

    const { headers } = await call(emulator, "GET", "/v2/pikzonality/x");
    expect(headers.get("access-control-expose-headers")).toContain("X-Request-Id");
  });
});
