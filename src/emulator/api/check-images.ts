import { behaviour } from "../../generated/behaviour.js";
import type { JsonObject } from "../../openapi/json.js";
import type { ImageVerdict } from "./image-addresses.js";
import { wholeImageType } from "./image-structure.js";
import { Refusal } from "./refusal.js";

/**
 * Checks every image of a request as the service does: an address must lead to an image, and a data
 * URL must hold a complete image of the type that it declares. A field may take both.
 *
 * @param fields The fields that carry images.
 * @param imageAt What is found at an address.
 * @throws {Refusal} `INVALID_IMAGE` or `IMAGE_TOO_LARGE`.
 */
export function checkImages(
  body: JsonObject,
  fields: string[],
  imageAt: (url: string) => ImageVerdict,
): void {
  for (const image of stringsIn(body, fields)) {
    if (image.startsWith("data:")) checkDataUrl(image);
    else if (/^https?:/.test(image)) checkAddress(image, imageAt);
  }
}

/**
 * Checks the images among the files of a form.
 *
 * @throws {Refusal} `INVALID_IMAGE` or `IMAGE_TOO_LARGE`.
 */
export async function checkImageFiles(files: readonly File[]): Promise<void> {
  for (const file of files)
    if (file.type.startsWith("image/"))
      checkImage(Buffer.from(await file.arrayBuffer()), file.type);
}

function checkAddress(url: string, imageAt: (url: string) => ImageVerdict): void {
  const verdict = URL.canParse(url) ? imageAt(url) : "unreachable";
  if (verdict === "too-large") throw new Refusal("IMAGE_TOO_LARGE");
  if (verdict === "unreachable") throw new Refusal("INVALID_IMAGE");
}

function checkDataUrl(dataUrl: string): void {
  const comma = dataUrl.indexOf(",");
  const type = dataUrl.slice("data:".length, comma).split(";", 1).join("");
  const base64 = dataUrl.slice(comma + 1);
  const bytes = Buffer.from(base64, "base64");
  // Node skips characters that are not base64, so broken base64 comes out too short.
  const announced = Math.floor((base64.replace(/=+$/, "").length * 3) / 4);
  if (bytes.length !== announced) throw new Refusal("INVALID_IMAGE");
  checkImage(bytes, type);
}

function checkImage(bytes: Buffer, type: string): void {
  if (bytes.length > behaviour.images.maxBytes) throw new Refusal("IMAGE_TOO_LARGE");
  const declared = type.toLowerCase().replace(/^image\/(?:jpg|pjpeg)$/, "image/jpeg");
  if (wholeImageType(bytes) !== declared) throw new Refusal("INVALID_IMAGE");
}

/** Every string in these fields, whether it is the field's value or an item of its list. */
export function stringsIn(body: JsonObject, fields: string[]): string[] {
  return fields.flatMap((field) => body[field]).filter((value) => typeof value === "string");
}
