import { describe, expect, test } from "vitest";
import { imageAddressPresets } from "../../src/emulator/api/image-addresses.js";
import { behaviour } from "../../src/generated/behaviour.js";
import {
  call,
  create,
  emulatorForTest,
  imageUrl,
  thumbnail,
  threeUrls,
  tinyPng,
} from "./support.js";

const text = "/v2/thumbnail/text";
const style = "/v2/pikzonality/style";

describe("the emulator behaves like the service:", () => {
  test("a generation from text has output, model, prompt_compacted and request_id", async () => {
    const emulator = await emulatorForTest();
    const { body, headers } = await call(emulator, "POST", text, thumbnail);
    expect(body).toEqual({
      output: expect.stringContaining("/rest-api/") as string,
      model: thumbnail.model,
      prompt_compacted: false,
      request_id: headers.get("x-request-id"),
    });
  });

  test("reading and changing a style returns no request_id", async () => {
    const emulator = await emulatorForTest();
    const path = `/v2/pikzonality/${await create(emulator, "style")}`;
    expect((await call(emulator, "GET", path)).body).not.toHaveProperty("request_id");
    expect((await call(emulator, "PATCH", path, {})).body).not.toHaveProperty("request_id");
  });

  test("the message for a name in use says that it already exists", async () => {
    const emulator = await emulatorForTest();
    await create(emulator, "style", "Mine");
    const { status, body } = await call(emulator, "POST", style, {
      name: "Mine",
      image_urls: threeUrls,
    });
    expect(status).toBe(409);
    expect(body.error?.message).toContain("already exist");
  });

  test("the 429 has the message of the docs page", async () => {
    const emulator = await emulatorForTest({ maxInFlight: 0 });
    const { body } = await call(emulator, "POST", text, thumbnail);
    expect(body.error?.message).toBe("Too many requests. Please try again later.");
  });

  test("an invalid name, both image lists, and an empty string beside an address are refused", async () => {
    const emulator = await emulatorForTest();
    const error = async (path: string, body: object) =>
      (await call(emulator, "POST", path, body)).body.error;

    expect(await error(style, { name: "<b>", image_urls: threeUrls })).toEqual({
      code: "VALIDATION_ERROR",
      message: "The request is invalid",
      details: [{ field: "name", message: "Provide a valid name" }],
    });
    const image_base64s = [tinyPng, tinyPng, tinyPng];
    const both = await error(style, { name: "A", image_urls: threeUrls, image_base64s });
    expect(both?.details).toContainEqual({
      field: "image_urls",
      message: "Provide either image_urls or image_base64s, not both",
    });
    const empty = await error("/v2/thumbnail/score", { image_url: imageUrl, image_base64: "" });
    expect(empty?.code).toBe("VALIDATION_ERROR");
  });

  test("the parts of a score differ from each other, and are the same for the same image", async () => {
    const emulator = await emulatorForTest();
    const score = async (image_url: string) =>
      (await call(emulator, "POST", "/v2/thumbnail/score", { image_url })).body.subscores;
    const first = await score(imageUrl);
    expect(new Set(Object.values(first ?? {})).size).toBeGreaterThan(1);
    expect(await score(imageUrl)).toEqual(first);
    expect(await score(`${imageUrl}?other`)).not.toEqual(first);
  });

  test("a message says that a prompt has a line break or a link", async () => {
    const emulator = await emulatorForTest();
    const message = async (prompt: string) =>
      (await call(emulator, "POST", text, { ...thumbnail, prompt })).body.error?.details?.[0]
        ?.message;
    expect(await message("one\ntwo")).toBe("Provide a valid prompt: it has a line break");
    expect(await message("see https://a.example")).toBe("Provide a valid prompt: it has a link");
  });
});

describe("the address of an image", () => {
  test.each([
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "https://youtu.be/dQw4w9WgXcQ",
    "https://i.ytimg.com/vi/dQw4w9WgXcQ/maxresdefault.jpg",
    "https://images.example.com/a?width=2",
  ])("is accepted by both presets: %s", (url) => {
    expect(imageAddressPresets.lenient(url)).toBe("ok");
    expect(imageAddressPresets.realistic(url)).toBe("ok");
  });

  test.each([
    "https://localhost/a.png",
    "https://intranet/a.png",
    "https://10.1.2.3/a.png",
    "https://192.168.1.1/a.png",
    "https://169.254.169.254/latest",
    "https://[::1]/a.png",
    "https://[fd00::1]/a.png",
    "https://printer.local/a.png",
    "https://bucket.s3.amazonaws.com/a.png?X-Amz-Signature=abc&X-Amz-Expires=60",
    "https://account.blob.core.windows.net/a.png?sig=abc",
    "https://user:secret@example.com/a.png",
    "https://www.youtube.com/@channel",
    "https://example.com/page.html",
    "https://example.com/video.mp4",
  ])("is unreachable if the emulator is realistic: %s", async (image_url) => {
    expect(imageAddressPresets.realistic(image_url)).toBe("unreachable");
    const emulator = await emulatorForTest({ imageAt: "realistic" });
    const { body } = await call(emulator, "POST", "/v2/thumbnail/score", { image_url });
    expect(body.error?.code).toBe("INVALID_IMAGE");
  });
});

test("a realistic emulator takes as long as the service", async () => {
  const emulator = await emulatorForTest({ realistic: true });
  const { generationMs, trainingMs } = behaviour.durations;
  const reply = call(emulator, "POST", style, { name: "Slow", image_urls: threeUrls });
  while (emulator.stats.inFlight < 1) await new Promise(setImmediate);
  let isAnswered = false;
  void reply.then(() => (isAnswered = true));
  emulator.advance(generationMs - 1);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(isAnswered).toBe(false);
  emulator.advance(1);
  const { id = "" } = (await reply).body;

  emulator.advance(trainingMs - 1);
  const status = async () => (await call(emulator, "GET", `/v2/pikzonality/${id}`)).body;
  expect(await status()).toMatchObject({ status: "processing" });
  emulator.advance(1);
  expect(await status()).toMatchObject({ status: "completed" });
});
