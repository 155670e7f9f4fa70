import { createPikzels, type Pikzels } from "pikzels-client";
import { describe, expectTypeOf, test } from "vitest";

declare const pikzels: Pikzels;
const url = "https://example.com/a.png";
const data = "data:image/png;base64,AAAA";
const look = { model: "pkz_4_5", format: "16:9" } as const;

describe("thumbnails.fromText", () => {
  test("takes the wire body and gives the wire response", () => {
    const made = pikzels.thumbnails.fromText({ ...look, prompt: "A summit" });
    expectTypeOf(made).resolves.toHaveProperty("output").toEqualTypeOf<string>();
    void pikzels.thumbnails.fromText({
      ...look,
      prompt: "A summit",
      // Where both are given the URL is used, so they do not exclude each other.
      support_image_url: url,
      support_image_base64: data,
    });
  });
  test("refuses what is missing, misspelt or not a model", () => {
    // @ts-expect-error: the prompt is missing
    void pikzels.thumbnails.fromText({ ...look });
    // @ts-expect-error: misspelt
    void pikzels.thumbnails.fromText({ ...look, prompt: "A summit", promt: "A summit" });
    // @ts-expect-error: no such model
    void pikzels.thumbnails.fromText({ prompt: "A summit", model: "pkz_9", format: "16:9" });
  });
});

describe("thumbnails.fromImage", () => {
  test("takes exactly one image source", () => {
    void pikzels.thumbnails.fromImage({ ...look, image_url: url });
    void pikzels.thumbnails.fromImage({ ...look, image_base64: data, image_weight: "low" });
    // @ts-expect-error: both sources
    void pikzels.thumbnails.fromImage({ ...look, image_url: url, image_base64: data });
    // @ts-expect-error: no image source
    void pikzels.thumbnails.fromImage({ ...look });
  });
});

describe("thumbnails.edit", () => {
  test("takes at most one mask beside exactly one image", () => {
    const change = { prompt: "Darker", format: "16:9", image_url: url } as const;
    void pikzels.thumbnails.edit(change);
    void pikzels.thumbnails.edit({ ...change, mask_url: url });
    // @ts-expect-error: one mask too many
    void pikzels.thumbnails.edit({ ...change, mask_url: url, mask_base64: data });
    // @ts-expect-error: no image source
    void pikzels.thumbnails.edit({ prompt: "Darker", format: "16:9", mask_url: url });
  });
});

describe("thumbnails.faceSwap", () => {
  test("keeps its three rules apart", () => {
    const image = { format: "1:1", image_base64: data } as const;
    void pikzels.thumbnails.faceSwap({ ...image, face_image: url, mask_base64: data });
    // @ts-expect-error: no face source
    void pikzels.thumbnails.faceSwap(image);
    // @ts-expect-error: two faces
    void pikzels.thumbnails.faceSwap({ ...image, face_image: url, face_image_base64: data });
  });
});

describe("thumbnails.score", () => {
  test("gives a suggestion that may be null", () => {
    const score = pikzels.thumbnails.score({ image_url: url, title: "Alone" });
    expectTypeOf(score).resolves.toHaveProperty("suggestion").toEqualTypeOf<string | null>();
    expectTypeOf(score).resolves.toHaveProperty("main_score").toEqualTypeOf<number>();
    // @ts-expect-error: no image source
    void pikzels.thumbnails.score({ title: "Alone" });
  });
});

describe("titles.fromText", () => {
  test("takes a prompt, a support image, or both", () => {
    const titles = pikzels.titles.fromText({ prompt: "A climb" });
    expectTypeOf(titles).resolves.toHaveProperty("outputs").toEqualTypeOf<string[]>();
    void pikzels.titles.fromText({ support_image_url: url });
    void pikzels.titles.fromText({ prompt: "A climb", support_image_base64: data });
    // @ts-expect-error: nothing to write titles for
    void pikzels.titles.fromText({});
  });
});

describe("personas.create and styles.create", () => {
  test("take exactly three images, from one side", () => {
    for (const create of [pikzels.personas.create, pikzels.styles.create]) {
      const made = create({ name: "Ada", image_urls: [url, url, url] });
      expectTypeOf(made).resolves.toHaveProperty("id").toEqualTypeOf<string>();
      void create({ name: "Ada", image_base64s: [data, data, data] });
      // @ts-expect-error: two images
      void create({ name: "Ada", image_urls: [url, url] });
      // @ts-expect-error: four images
      void create({ name: "Ada", image_urls: [url, url, url, url] });
      // @ts-expect-error: neither side
      void create({ name: "Ada" });
      const urls = { name: "Ada", image_urls: [url, url, url] } satisfies Parameters<
        typeof create
      >[0];
      // @ts-expect-error: both sides
      void create({ ...urls, image_base64s: [data, data, data] });
    }
  });
});

describe("pikzonalities", () => {
  test("take the id first", () => {
    expectTypeOf(pikzels.pikzonalities.get("id"))
      .resolves.toHaveProperty("status")
      .toEqualTypeOf<"processing" | "completed" | "failed" | undefined>();
    expectTypeOf(pikzels.pikzonalities.delete("id"))
      .resolves.toHaveProperty("message")
      .toEqualTypeOf<string>();
    void pikzels.pikzonalities.update("id", { special_instructions: null });
    // @ts-expect-error: the id is missing
    void pikzels.pikzonalities.get();
    // @ts-expect-error: the body is missing
    void pikzels.pikzonalities.update("id");
    // @ts-expect-error: a number is no instruction
    void pikzels.pikzonalities.update("id", { special_instructions: 3 });
  });
  test("are complete once they are ready", () => {
    const ready = pikzels.pikzonalities.waitUntilReady("id", { intervalMs: 100 });
    expectTypeOf(ready).resolves.toHaveProperty("portrait_url").toEqualTypeOf<string>();
    expectTypeOf(ready).resolves.toHaveProperty("reference").toEqualTypeOf<string[]>();
  });
});

describe("api", () => {
  const { api } = createPikzels({ apiKey: "pkz_types" });
  test("has the same rules", () => {
    void api.POST("/v2/thumbnail/score", { body: { image_url: url } });
    // @ts-expect-error: both sides
    void api.POST("/v2/thumbnail/score", { body: { image_url: url, image_base64: data } });
    // @ts-expect-error: two images
    void api.POST("/v2/pikzonality/style", { body: { name: "A", image_urls: [url, url] } });
    // @ts-expect-error: no such path
    void api.GET("/v2/nothing");
  });
  test("gives data or error, as the status says", async () => {
    const { data: made, error } = await api.POST("/v2/title/text", { body: { prompt: "A climb" } });
    if (made) expectTypeOf(made.outputs).toEqualTypeOf<string[]>();
    else expectTypeOf(error.request_id).toEqualTypeOf<string>();
  });
});
