import { expectTypeOf, test } from "vitest";
import type { errorCatalog, ErrorCode } from "../../../src/generated/errors.js";
import type {
  OperationBodies,
  OperationFacts,
  OperationId,
  OperationResponses,
  operations,
  PikzonalitiesUpdateBody,
  StylesCreateBody,
  ThumbnailsEditBody,
  ThumbnailsFaceSwapBody,
  ThumbnailsFromImageBody,
  ThumbnailsFromTextBody,
  TitlesFromTextBody,
} from "../../../src/generated/operations.js";

declare const isRemote: boolean;
declare function createStyle(body: StylesCreateBody): void;
declare function edit(body: ThumbnailsEditBody): void;
declare function swapFace(body: ThumbnailsFaceSwapBody): void;
declare function fromImage(body: ThumbnailsFromImageBody): void;
declare function fromText(body: ThumbnailsFromTextBody): void;
declare function createTitles(body: TitlesFromTextBody): void;

const url = "https://example.com/a.png";
const data = "data:image/png;base64,AAAA";

test("exactly one of the image fields", () => {
  createStyle({ name: "a", image_urls: [url, url, url] });
  createStyle({ name: "a", image_base64s: [data, data, data] });

  // @ts-expect-error neither image field
  createStyle({ name: "a" });
  // @ts-expect-error both image fields
  createStyle({ name: "a", image_urls: [url, url, url], image_base64s: [data, data, data] });
  // @ts-expect-error a style needs a name
  createStyle({ image_urls: [url, url, url] });
});

test("a body can be put together step by step", () => {
  const either: StylesCreateBody = isRemote
    ? { name: "a", image_urls: [url, url, url] }
    : { name: "a", image_base64s: [data, data, data] };
  createStyle(either);

  const urls: [string, string, string] = [url, url, url];
  const images = isRemote ? { image_urls: urls } : { image_base64s: urls };
  createStyle({ name: "a", ...images });
});

test("three images, no fewer and no more", () => {
  // @ts-expect-error two of the images
  createStyle({ name: "a", image_urls: [url, url] });
  // @ts-expect-error four images
  createStyle({ name: "a", image_base64s: [data, data, data, data] });
  // @ts-expect-error any number of images
  createStyle({ name: "a", image_urls: [url].map((one) => one) });
});

test("a misspelt field is an error, although the body is a union", () => {
  // @ts-expect-error image_urlz, and so no image
  createStyle({ name: "a", image_urlz: [url, url, url] });
  createStyle({
    name: "a",
    image_urls: [url, url, url],
    // @ts-expect-error the field of another operation
    image_base64: data,
  });
});

test("checking one field narrows which images a body has", () => {
  const imagesOf = (body: StylesCreateBody) => body.image_urls ?? body.image_base64s;
  expectTypeOf(imagesOf).returns.toEqualTypeOf<[string, string, string]>();
});

test("independent rules apply together in one body", () => {
  swapFace({ image_url: url, face_image_base64: data, format: "16:9" });
  swapFace({ image_base64: data, face_image: url, mask_url: url, format: "16:9" });

  // @ts-expect-error no face to put in
  swapFace({ image_url: url, format: "16:9" });
  // @ts-expect-error both face fields
  swapFace({ image_url: url, face_image: url, face_image_base64: data, format: "16:9" });
  // @ts-expect-error two of the images
  swapFace({ image_url: url, image_base64: data, face_image: url, format: "16:9" });
  // @ts-expect-error both mask fields
  swapFace({ image_url: url, face_image: url, mask_url: url, mask_base64: data, format: "16:9" });
});

test("at most one mask", () => {
  edit({ prompt: "a", format: "1:1", image_url: url });
  edit({ prompt: "a", format: "1:1", image_url: url, mask_url: url });
  edit({ prompt: "a", format: "1:1", image_url: url, mask_base64: data });
  // @ts-expect-error both mask fields
  edit({ prompt: "a", format: "1:1", image_url: url, mask_url: url, mask_base64: data });
});

test("support images do not exclude each other", () => {
  fromText({
    prompt: "a",
    model: "pkz_4",
    format: "1:1",
    support_image_url: url,
    support_image_base64: data,
  });
});

test("at least one source for titles", () => {
  createTitles({ prompt: "a" });
  createTitles({ support_image_url: url });
  createTitles({ prompt: "a", support_image_url: url, support_image_base64: data });
  // @ts-expect-error not one source
  createTitles({});
});

test("a field with a default may be left out", () => {
  fromImage({ image_url: url, model: "pkz_2", format: "1:1" });
  fromImage({ image_url: url, model: "pkz_2", format: "1:1", image_weight: "high" });
  // @ts-expect-error no such model
  fromImage({ image_url: url, model: "pkz_9", format: "1:1" });
});

test("a field that may be null is typed so", () => {
  expectTypeOf<PikzonalitiesUpdateBody["special_instructions"]>().toEqualTypeOf<
    string | null | undefined
  >();
  expectTypeOf<OperationResponses["post_v2_thumbnail_score"]["suggestion"]>().toEqualTypeOf<
    string | null
  >();
});

test("operations are typed by their ids", () => {
  expectTypeOf<keyof OperationResponses>().toEqualTypeOf<OperationId>();
  expectTypeOf<typeof operations>().toExtend<Record<OperationId, OperationFacts>>();
  expectTypeOf<"get_v2_pikzonality_id">().not.toExtend<keyof OperationBodies>();
});

test("the error codes are a closed union", () => {
  expectTypeOf<keyof typeof errorCatalog>().toEqualTypeOf<ErrorCode>();
  expectTypeOf<"TOO_MANY_REQUESTS">().toExtend<ErrorCode>();
  expectTypeOf<string>().not.toExtend<ErrorCode>();
});
