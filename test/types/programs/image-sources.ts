import { createPikzels } from "pikzels-client";
import { describe, test } from "vitest";

const { styles, personas, thumbnails, titles, api } = createPikzels();
const three = ["https://x.y/1", "https://x.y/2", "https://x.y/3"] as const;
const image_urls: [string, string, string] = [...three];
const image_base64s = image_urls;
const anyNumber: string[] = image_urls;
const name = "x";

describe("styles.create", () => {
  test("takes one of the image fields, with three images", () => {
    void styles.create({ name, image_urls });
    void styles.create({ name, image_base64s });
    void styles.create({ name, image_urls: ["https://x.y/1", "https://x.y/2", "https://x.y/3"] });
  });
  test("refuses both, and neither", () => {
    // @ts-expect-error -- both image fields
    void styles.create({ name, image_urls, image_base64s });
    // @ts-expect-error -- no image field
    void styles.create({ name });
  });
  test("refuses two images, and four", () => {
    // @ts-expect-error -- two images
    void styles.create({ name, image_urls: ["https://x.y/1", "https://x.y/2"] });
    // @ts-expect-error -- four images
    void styles.create({ name, image_urls: [...image_urls, "https://x.y/4"] });
    // @ts-expect-error -- any number of images
    void styles.create({ name, image_urls: anyNumber });
  });
  test("refuses a field that the spec does not know, and a missing name", () => {
    // @ts-expect-error -- misspelt
    void styles.create({ name, image_urls, colour: "red" });
    // @ts-expect-error -- no name
    void styles.create({ image_urls });
  });
});

describe("personas.create", () => {
  test("has the same rule", () => {
    void personas.create({ name, image_urls });
    // @ts-expect-error -- both image fields
    void personas.create({ name, image_urls, image_base64s });
    // @ts-expect-error -- no image field
    void personas.create({ name });
  });
});

describe("thumbnails", () => {
  const format = "16:9";
  const model = "pkz_4";
  const image_url = "https://x.y/1";
  const image_base64 = "data:image/png;base64,AAAA";

  test("fromText takes support images side by side", () => {
    const support = { support_image_url: image_url, support_image_base64: image_base64 };
    void thumbnails.fromText({ prompt: "x", model, format });
    void thumbnails.fromText({ prompt: "x", model, format, ...support });
    // @ts-expect-error -- no such model
    void thumbnails.fromText({ prompt: "x", model: "pkz_1", format });
    // @ts-expect-error -- no such format
    void thumbnails.fromText({ prompt: "x", model, format: "4:3" });
  });
  test("fromImage takes exactly one image; image_weight has a default", () => {
    void thumbnails.fromImage({ image_url, model, format });
    void thumbnails.fromImage({ image_base64, model, format, image_weight: "low" });
    // @ts-expect-error -- both image fields
    void thumbnails.fromImage({ image_url, image_base64, model, format });
    // @ts-expect-error -- no image field
    void thumbnails.fromImage({ model, format });
  });
  test("edit takes at most one mask", () => {
    const body = { prompt: "x", format, image_url } as const;
    void thumbnails.edit(body);
    void thumbnails.edit({ ...body, mask_url: image_url });
    void thumbnails.edit({ ...body, mask_base64: image_base64 });
    // @ts-expect-error -- two masks
    void thumbnails.edit({ ...body, mask_url: image_url, mask_base64: image_base64 });
    // @ts-expect-error -- two images
    void thumbnails.edit({ ...body, image_base64 });
  });
  test("faceSwap takes exactly one image and exactly one face", () => {
    void thumbnails.faceSwap({ format, image_url, face_image: image_url });
    void thumbnails.faceSwap({ format, image_base64, face_image_base64: image_base64 });
    // @ts-expect-error -- no face is given
    void thumbnails.faceSwap({ format, image_url });
    // @ts-expect-error -- two faces
    void thumbnails.faceSwap({ format, image_url, face_image: "", face_image_base64: "" });
    // @ts-expect-error -- no image is given
    void thumbnails.faceSwap({ format, face_image: image_url });
  });
  test("score takes exactly one image", () => {
    void thumbnails.score({ image_url, title: "x" });
    // @ts-expect-error -- both image fields
    void thumbnails.score({ image_url, image_base64 });
    // @ts-expect-error -- no image field
    void thumbnails.score({ title: "x" });
  });
});

describe("titles.fromText", () => {
  test("takes a prompt, an image, or both", () => {
    void titles.fromText({ prompt: "x" });
    void titles.fromText({ support_image_url: "https://x.y/1" });
    void titles.fromText({ prompt: "x", support_image_base64: "data:image/png;base64,AAAA" });
    // @ts-expect-error -- nothing to go by
    void titles.fromText({});
  });
});

describe("api has the same rules", () => {
  test("paths and methods are those of the spec", () => {
    // @ts-expect-error -- no such path
    void api.GET("/v2/nothing");
    // @ts-expect-error -- no such method of this path
    void api.GET("/v2/pikzonality/style");
    void api.request("delete", "/v2/pikzonality/{id}", { params: { path: { id: "x" } } });
    // @ts-expect-error -- no image field
    void api.request("post", "/v2/pikzonality/style", { body: { name } });
  });
  test("the limits of a call are typed", () => {
    void api.POST("/v2/title/text", { body: { prompt: "x" }, maxRetries: 0, timeoutMs: 1000 });
    // @ts-expect-error -- text is no number of retries
    void api.POST("/v2/title/text", { body: { prompt: "x" }, maxRetries: "none" });
  });
  test("both, neither, two images and four images are refused", () => {
    void api.POST("/v2/pikzonality/style", { body: { name, image_urls } });
    // @ts-expect-error -- both image fields
    void api.POST("/v2/pikzonality/style", { body: { name, image_urls, image_base64s } });
    // @ts-expect-error -- no image field
    void api.POST("/v2/pikzonality/style", { body: { name } });
    // @ts-expect-error -- two images
    void api.POST("/v2/pikzonality/style", { body: { name, image_urls: ["", ""] } });
    // @ts-expect-error -- four images
    void api.POST("/v2/pikzonality/style", { body: { name, image_urls: ["", "", "", ""] } });
  });
  test("bodies and ids are required", () => {
    // @ts-expect-error -- the body is missing
    void api.POST("/v2/pikzonality/style", {});
    // @ts-expect-error -- the id is missing
    void api.GET("/v2/pikzonality/{id}", {});
  });
});
