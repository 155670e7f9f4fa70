import { describe, expect, test } from "vitest";
import type { Emulator } from "pikzels-client/emulator";
import { brokenImages, unusualImages, wholeImages } from "./whole-images.js";
import {
  call,
  create,
  emulatorForTest,
  imageUrl,
  thumbnail,
  threeUrls,
  tinyPng,
} from "./support.js";

const generate = (emulator: Emulator, body: object) =>
  call(emulator, "POST", "/v2/thumbnail/text", { ...thumbnail, ...body });
const score = (emulator: Emulator, body: object) =>
  call(emulator, "POST", "/v2/thumbnail/score", body);

describe("the spec decides what a body may contain, and the refusal names the field:", () => {
  test.each<[string, string, object, { field?: string; message: string }[]]>([
    [
      "both image fields",
      "/v2/pikzonality/style",
      { name: "A", image_urls: threeUrls, image_base64s: [tinyPng, tinyPng, tinyPng] },
      [
        {
          field: "image_urls",
          message: "Provide either image_urls or image_base64s, not both",
        },
      ],
    ],
    [
      "neither image field",
      "/v2/pikzonality/persona",
      { name: "A" },
      [
        {
          field: "image_urls",
          message: "Provide either image_urls or image_base64s",
        },
      ],
    ],
    [
      "two images instead of three",
      "/v2/pikzonality/style",
      { name: "A", image_urls: [imageUrl, imageUrl] },
      [
        {
          field: "image_urls",
          message: "Provide a valid image_urls: must NOT have fewer than 3 items",
        },
      ],
    ],
    [
      "an http address among them",
      "/v2/pikzonality/style",
      { name: "A", image_urls: [imageUrl, "http://a.example/b.png", imageUrl] },
      [
        {
          field: "image_urls[1]",
          message: "Provide a valid image_urls[1]: it is not an https:// address",
        },
      ],
    ],
    [
      "bare base64",
      "/v2/thumbnail/score",
      { image_base64: tinyPng.split(",")[1] },
      [
        {
          field: "image_base64",
          message: "Provide a valid image_base64: it is not a data URL (data:image/…;base64,…)",
        },
      ],
    ],
    [
      "an empty image beside a good one",
      "/v2/thumbnail/score",
      { image_url: imageUrl, image_base64: "" },
      [
        {
          field: "image_base64",
          message: "Provide a valid image_base64: it is not a data URL (data:image/…;base64,…)",
        },
        {
          field: "image_url",
          message: "Provide either image_url or image_base64, not both",
        },
      ],
    ],
    [
      "both masks",
      "/v2/thumbnail/edit",
      {
        prompt: "a",
        format: "1:1",
        image_url: imageUrl,
        mask_url: imageUrl,
        mask_base64: tinyPng,
      },
      [{ field: "mask_url", message: "Provide either mask_url or mask_base64, not both" }],
    ],
    [
      "two broken rules at once",
      "/v2/thumbnail/faceswap",
      { format: "1:1" },
      [
        {
          field: "image_url",
          message: "Provide either image_url or image_base64",
        },
        {
          field: "face_image",
          message: "Provide either face_image or face_image_base64",
        },
      ],
    ],
    [
      "no source for titles",
      "/v2/title/text",
      {},
      [
        {
          field: "prompt",
          message: "Provide either prompt or support_image_url or support_image_base64",
        },
      ],
    ],
    [
      "an unknown field, a missing one and a wrong one",
      "/v2/thumbnail/text",
      { prompt: "a", model: "pkz_9", colour: "red" },
      [
        { field: "format", message: "Provide a valid format: it is missing" },
        { field: "colour", message: "Provide a valid colour: there is no such field" },
        {
          field: "model",
          message: "Provide a valid model: it is none of pkz_2, pkz_3, pkz_4, pkz_4_5",
        },
      ],
    ],
    [
      "a value that is not an object",
      "/v2/thumbnail/text",
      [],
      [{ message: "Provide a valid body: must be object" }],
    ],
  ])("%s", async (_, path, body, details) => {
    const emulator = await emulatorForTest();

    const reply = await call(emulator, "POST", path, body);

    expect(reply.status).toBe(400);
    expect(reply.body.error).toEqual({
      code: "VALIDATION_ERROR",
      message: "The request is invalid",
      details,
    });
  });
});

describe("input images", () => {
  const dataUrl = (bytes: Buffer, type = "png") =>
    `data:image/${type};base64,${bytes.toString("base64")}`;
  const png = Buffer.from(tinyPng.split(",")[1] ?? "", "base64");
  const withSize = (size: number) => dataUrl(Buffer.concat([png, Buffer.alloc(size - png.length)]));

  test.each(Object.entries(wholeImages))("may be a complete %s", async (type, bytes) => {
    const emulator = await emulatorForTest();
    const reply = await score(emulator, { image_base64: dataUrl(bytes, type) });
    expect(reply.status).toBe(200);
  });

  test("may be a JPEG labelled image/jpg", async () => {
    const emulator = await emulatorForTest();
    const reply = await score(emulator, { image_base64: dataUrl(wholeImages.jpeg, "jpg") });
    expect(reply.status).toBe(200);
  });

  test.each(Object.entries(wholeImages))(
    "are INVALID_IMAGE if a %s ends early, at any byte, or claims another type",
    async (type, bytes) => {
      const emulator = await emulatorForTest();
      const codeFor = async (image_base64: string) =>
        (await score(emulator, { image_base64 })).body.error?.code;
      const other = type === "png" ? "jpeg" : "png";

      expect(await codeFor(dataUrl(bytes, other))).toBe("INVALID_IMAGE");
      for (let length = 1; length < bytes.length; length += Math.ceil(bytes.length / 20))
        expect(await codeFor(dataUrl(bytes.subarray(0, length), type))).toBe("INVALID_IMAGE");
    },
  );

  test.each([
    ["text", dataUrl(Buffer.from("hello"))],
    ["nothing", dataUrl(Buffer.alloc(0))],
    ["broken base64", `${tinyPng.slice(0, 60)}***${tinyPng.slice(60)}`],
    ["a RIFF file that is not WebP", dataUrl(Buffer.from("RIFF\x10\0\0\0WAVEfmt "))],
  ])("are INVALID_IMAGE if they are %s", async (_, image_base64) => {
    const emulator = await emulatorForTest();
    expect((await score(emulator, { image_base64 })).body.error?.code).toBe("INVALID_IMAGE");
  });

  test.each(unusualImages)("may be a %s %s", async (type, _what, bytes) => {
    const emulator = await emulatorForTest();
    expect((await score(emulator, { image_base64: dataUrl(bytes, type) })).status).toBe(200);
  });

  test.each(brokenImages)("are INVALID_IMAGE if they are a %s %s", async (type, _what, bytes) => {
    const emulator = await emulatorForTest();
    const reply = await score(emulator, { image_base64: dataUrl(bytes, type) });
    expect(reply.body.error?.code).toBe("INVALID_IMAGE");
  });

  test("may be 10 MB; one byte more is IMAGE_TOO_LARGE", async () => {
    const emulator = await emulatorForTest();
    const limit = 10 * 1024 * 1024;

    expect((await score(emulator, { image_base64: withSize(limit) })).status).toBe(200);
    const over = await score(emulator, { image_base64: withSize(limit + 1) });
    expect(over.status).toBe(413);
    expect(over.body.error?.code).toBe("IMAGE_TOO_LARGE");
  });

  test("may be any address that is possible and not marked as unreachable", async () => {
    const large = "https://images.example.com/large.png";
    const emulator = await emulatorForTest({
      imageAt: (url) => (url === large ? "too-large" : "ok"),
    });
    emulator.setImage("https://images.example.com/gone.png", "unreachable");
    const codeFor = async (image_url: string) =>
      (await score(emulator, { image_url })).body.error?.code;

    expect(await codeFor("https://www.youtube.com/watch?v=dQw4w9WgXcQ")).toBeUndefined();
    expect(await codeFor(large)).toBe("IMAGE_TOO_LARGE");
    expect(await codeFor("https://images.example.com/gone.png")).toBe("INVALID_IMAGE");
    expect(await codeFor("https://[broken")).toBe("INVALID_IMAGE");

    const byDefault = await emulatorForTest();
    const invalid = { image_url: "https://images.invalid/a.png" };
    expect((await score(byDefault, invalid)).body.error?.code).toBe("INVALID_IMAGE");
  });

  test("may be an output of the emulator beside other addresses", async () => {
    const emulator = await emulatorForTest();
    const { body } = await generate(emulator, {});
    const image_urls = [imageUrl, body.output, imageUrl];
    const reply = await call(emulator, "POST", "/v2/pikzonality/style", { name: "A", image_urls });
    expect(reply.status).toBe(200);
  });

  test("cannot be an expired output of the emulator", async () => {
    const emulator = await emulatorForTest();
    const { body } = await generate(emulator, {});
    emulator.advance(24 * 60 * 60 * 1000);

    const reply = await score(emulator, { image_url: body.output });

    expect(reply.body.error?.code).toBe("INVALID_IMAGE");
  });
});

describe("the model decides:", () => {
  test.each(["pkz_2", "pkz_3"])("%s takes no support image, persona or style", async (model) => {
    const emulator = await emulatorForTest({ trainingMs: 0 });
    const style = await create(emulator, "style");

    const supported = await generate(emulator, { model, support_image_url: imageUrl });
    expect(supported.body.error?.code).toBe("SUPPORT_IMAGE_NOT_SUPPORTED");
    const styled = await generate(emulator, { model, style });
    expect(styled.body.error?.details).toEqual([
      { field: "style", message: `Provide no style: model ${model} takes none` },
    ]);
  });

  test.each(["pkz_4", "pkz_4_5"])("%s takes all of them", async (model) => {
    const emulator = await emulatorForTest({ trainingMs: 0 });
    const style = await create(emulator, "style", "Style");
    const persona = await create(emulator, "persona", "Persona");

    const reply = await generate(emulator, {
      model,
      style,
      persona,
      support_image_url: imageUrl,
      support_image_base64: tinyPng,
    });

    expect(reply.status).toBe(200);
  });

  test("an invalid id, an unknown one, one of the other kind and one that is not ready are refused", async () => {
    const emulator = await emulatorForTest({ trainingMs: 1000 });
    const persona = await create(emulator, "persona", "Persona");
    const codeFor = async (body: object) => (await generate(emulator, body)).body.error?.code;

    expect(await codeFor({ persona: "me" })).toBe("INVALID_PERSONA");
    expect(await codeFor({ style: "mine" })).toBe("INVALID_STYLE");
    expect(await codeFor({ style: "18b2ad5e-2a9e-4d3f-b9a8-9f2a1e0b1234" })).toBe("NOT_FOUND");
    expect(await codeFor({ style: persona })).toBe("NOT_FOUND");
    expect(await codeFor({ persona })).toBe("CONFLICT");
    emulator.advance(1000);
    expect(await codeFor({ persona })).toBeUndefined();
    expect(emulator.ledger.charges).toHaveLength(2);
  });
});

describe("personas and styles", () => {
  const createNamed = (emulator: Emulator, name: string) =>
    call(emulator, "POST", "/v2/pikzonality/style", { name, image_urls: threeUrls });

  test("cannot have a reserved name, in any case", async () => {
    const emulator = await emulatorForTest({ reservedNames: ["House Style"] });
    expect((await createNamed(emulator, "house  style")).body.error?.code).toBe("NAME_RESERVED");
  });

  test("share their names: one is taken for both kinds", async () => {
    const emulator = await emulatorForTest();
    await create(emulator, "persona", "Alex");
    expect((await createNamed(emulator, "alex")).body.error?.code).toBe("NAME_ALREADY_EXISTS");
  });

  test("requested with the same name at the same time are created once", async () => {
    const emulator = await emulatorForTest({ clock: "real", processingMs: 5 });

    const replies = await Promise.all([1, 2, 3].map(() => createNamed(emulator, "Mine")));

    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    expect(emulator.ledger.charges).toHaveLength(1);
  });

  test("cannot be deleted while they are processing", async () => {
    const emulator = await emulatorForTest({ trainingMs: 1000 });
    const path = `/v2/pikzonality/${await create(emulator, "style")}`;

    expect((await call(emulator, "DELETE", path)).body.error?.code).toBe(
      "CANNOT_DELETE_PROCESSING",
    );
    emulator.advance(1000);
    expect((await call(emulator, "DELETE", path)).status).toBe(200);
  });

  test("whose training fails are reported and refunded, and can be deleted", async () => {
    const emulator = await emulatorForTest({ trainingMs: 1000 });
    emulator.failTraining(1);
    const path = `/v2/pikzonality/${await create(emulator, "style")}`;
    expect(emulator.ledger.total).toBe(0.38);

    emulator.advance(600);

    expect((await call(emulator, "GET", path)).body).toMatchObject({
      status: "failed",
      progress: 60,
      portrait_url: null,
    });
    expect(emulator.ledger.total).toBe(0);
    expect(emulator.ledger.charges.map(({ usd }) => usd)).toEqual([0.38, -0.38]);
    expect((await call(emulator, "DELETE", path)).status).toBe(200);
    expect(emulator.ledger.total).toBe(0);
  });

  test("can be made to fail during training, but not after it", async () => {
    const emulator = await emulatorForTest({ trainingMs: 1000 });
    const id = await create(emulator, "style");
    emulator.failTraining(id);
    emulator.advance(1000);

    expect((await call(emulator, "GET", `/v2/pikzonality/${id}`)).body).toMatchObject({
      status: "failed",
    });
    expect(() => {
      emulator.failTraining(id);
    }).toThrow("is already failed");
  });
});
