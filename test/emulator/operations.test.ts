import { describe, expect, test } from "vitest";
import {
  call,
  create,
  emulatorForTest,
  imageUrl,
  thumbnail,
  threeUrls,
  tinyPng,
} from "./support.js";

const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/;

describe("every operation of the emulator answers over real HTTP", () => {
  test.each([
    ["/v2/thumbnail/text", thumbnail],
    ["/v2/thumbnail/image", { image_url: imageUrl, model: "pkz_2", format: "1:1" }],
    ["/v2/thumbnail/edit", { prompt: "Redder", image_base64: tinyPng, format: "9:16" }],
    ["/v2/thumbnail/faceswap", { image_url: imageUrl, face_image: imageUrl, format: "16:9" }],
  ])("POST %s returns an output, charged once", async (path, body) => {
    const emulator = await emulatorForTest();

    const reply = await call(emulator, "POST", path, body);

    expect(reply.status).toBe(200);
    expect(reply.body.output).toMatch(`${emulator.url}/rest-api/outputs/`);
    expect(reply.body.request_id).toMatch(uuid);
    expect(reply.headers.get("x-request-id")).toBe(reply.body.request_id);
    expect(emulator.ledger.charges).toMatchObject([{ requestId: reply.body.request_id }]);
    expect(emulator.ledger.total).toBeGreaterThanOrEqual(0.03);
    expect(emulator.ledger.total).toBeLessThanOrEqual(0.38);
  });

  test("the same thumbnail gets the same score, and another one a different score", async () => {
    const emulator = await emulatorForTest();
    const score = async (title: string) => {
      const { body } = await call(emulator, "POST", "/v2/thumbnail/score", {
        image_url: imageUrl,
        title,
      });
      const { main_score, subscores } = body;
      return { main_score, subscores };
    };

    expect(await score("One")).toEqual(await score("One"));
    expect(await score("One")).not.toEqual(await score("Two"));
  });

  test("titles are about the prompt", async () => {
    const emulator = await emulatorForTest();

    const { body } = await call(emulator, "POST", "/v2/title/text", { prompt: "winter climbing" });

    expect(body.outputs?.length).toBeGreaterThan(1);
    expect(body.outputs).toContain("The Truth About Winter Climbing");
  });

  test("a prompt without a word gets titles too", async () => {
    const emulator = await emulatorForTest();
    const { body } = await call(emulator, "POST", "/v2/title/text", { prompt: " ?! " });
    expect(body.outputs).toContain("The Truth About This");
  });

  test("a long prompt is reported as compacted", async () => {
    const emulator = await emulatorForTest();
    const generate = async (length: number) => {
      const body = { ...thumbnail, prompt: "a".repeat(length) };
      return (await call(emulator, "POST", "/v2/thumbnail/text", body)).body;
    };

    expect(await generate(750)).toMatchObject({ prompt_compacted: false, model: thumbnail.model });
    expect(await generate(751)).toMatchObject({ prompt_compacted: true });
  });

  test("an output can be scored, although its address is not https", async () => {
    const emulator = await emulatorForTest();
    const { body } = await call(emulator, "POST", "/v2/thumbnail/text", thumbnail);

    const score = { image_url: body.output };
    expect((await call(emulator, "POST", "/v2/thumbnail/score", score)).status).toBe(200);

    const foreign = { image_url: "http://images.example.com/outputs/x.png" };
    expect(
      (await call(emulator, "POST", "/v2/thumbnail/score", foreign)).body.error?.details,
    ).toEqual([
      {
        field: "image_url",
        message: "Provide a valid image_url: it is not an https:// address",
      },
    ]);
  });
});

describe("a style's life", () => {
  test("covers training, reading, changing, using and deleting it", async () => {
    const emulator = await emulatorForTest({ trainingMs: 1000 });
    const id = await create(emulator, "style", "Studio");
    const path = `/v2/pikzonality/${id}`;

    expect((await call(emulator, "GET", path)).body).toEqual({
      id,
      name: "Studio",
      mode: "style",
      status: "processing",
      progress: 0,
      portrait_url: null,
      reference: null,
      special_instructions: null,
    });
    emulator.advance(400);
    expect((await call(emulator, "GET", path)).body).toMatchObject({ progress: 40 });
    emulator.advance(600);
    const { body } = await call(emulator, "GET", path);
    expect(body).toMatchObject({ status: "completed", progress: 100 });
    expect(body.reference).toHaveLength(3);

    const instructions = { special_instructions: "Warm colours" };
    expect((await call(emulator, "PATCH", path, instructions)).body).toEqual({
      id,
      name: "Studio",
      special_instructions: "Warm colours",
    });
    const styled = { ...thumbnail, style: id };
    expect((await call(emulator, "POST", "/v2/thumbnail/text", styled)).status).toBe(200);

    expect((await call(emulator, "DELETE", path)).body).toEqual({
      message: expect.any(String) as string,
    });
    expect((await call(emulator, "GET", path)).body.error?.code).toBe("NOT_FOUND");
  });

  test("frees its name when it is deleted", async () => {
    const emulator = await emulatorForTest({ trainingMs: 0 });
    const id = await create(emulator, "style", "Once");
    const again = { name: "once", image_urls: threeUrls };

    const taken = await call(emulator, "POST", "/v2/pikzonality/style", again);
    expect(taken.body.error?.code).toBe("NAME_ALREADY_EXISTS");

    await call(emulator, "DELETE", `/v2/pikzonality/${id}`);
    expect((await call(emulator, "POST", "/v2/pikzonality/style", again)).status).toBe(200);
  });
});
