import { Refusal } from "./refusal.js";
import type { ImageVerdict } from "../options.js";
import type { ImageFields } from "../document/image-fields.js";
import type { JsonObject } from "../../openapi/json.js";
import { imageMediaType } from "../../images/media-type.js";

/** The published limit: 10 MB an image. */
const maxImageBytes = 10 * 1024 * 1024;

/**
 * Checks every image of a request as the service does.
 *
 * @param imageAt What is found at an address.
 * @throws {Refusal} `INVALID_IMAGE` or `IMAGE_TOO_LARGE`.
 */
export function checkImages(
  body: JsonObject,
  fields: ImageFields,
  imageAt: (url: string) => ImageVerdict,
): void {
  for (const url of stringsIn(body, fields.urls)) {
    const verdict = URL.canParse(url) ? imageAt(url) : "unreachable";
    if (verdict === "too-large") throw new Refusal("IMAGE_TOO_LARGE");
    if (verdict === "unreachable") throw new Refusal("INVALID_IMAGE");
  }
  for (const dataUrl of stringsIn(body, fields.dataUrls)) checkDataUrl(dataUrl);
}

function checkDataUrl(dataUrl: string): void {
  const base64 = dataUrl.slice(dataUrl.indexOf(",") + 1);
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length > maxImageBytes) throw new Refusal("IMAGE_TOO_LARGE");
  // Node skips what is no base64, so whatever is broken comes out short.
  const announced = Math.floor((base64.replace(/=+$/, "").length * 3) / 4);
  if (bytes.length !== announced || imageMediaType(bytes) === undefined)
    throw new Refusal("INVALID_IMAGE");
}

/** Every string in these fields, be it the field itself or an item of it. */
export function stringsIn(body: JsonObject, fields: string[]): string[] {
  return fields.flatMap((field) => body[field]).filter((value) => typeof value === "string");
}
