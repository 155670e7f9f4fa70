import { PikzelsInputError } from "../wrappers/errors/input-error.js";
import { base64 } from "./base64.js";
import { imageMediaType, type ImageMediaType } from "./media-type.js";

/**
 * The largest image the API takes: 10 MB, read as 10 × 1024 × 1024 bytes. Where the service means
 * the smaller megabyte it answers `IMAGE_TOO_LARGE`, unbilled; the other way round we would refuse
 * images that it takes.
 */
const MAX_IMAGE_BYTES = 10 * 1024 * 1024;

/** An image as a base64 data URL. */
export type ImageDataUrl = `data:${ImageMediaType};base64,${string}`;

/** What `toImageDataUrl` takes besides the image. */
export interface ImageDataUrlOptions {
  /** What the image should be; another kind is refused. Default: what its bytes say. */
  mediaType?: ImageMediaType | undefined;
}

/**
 * Turns an image into the data URL that the `…_base64` fields take.
 *
 * Knows PNG, JPEG, WebP, GIF and AVIF by their first bytes, up to 10 MB each.
 *
 * @throws {PikzelsInputError} for what is no image, another image than `mediaType`, or over 10 MB.
 * @example
 * ```ts
 * import { createPikzels, toImageDataUrl } from "pikzels-client";
 *
 * const photo = await fetch("https://example.com/photo.png");
 * const image_base64 = await toImageDataUrl(await photo.blob());
 * const { main_score } = await createPikzels().thumbnails.score({ image_base64 });
 * ```
 */
export async function toImageDataUrl(
  image: Uint8Array | ArrayBuffer | Blob,
  options: ImageDataUrlOptions = {},
): Promise<ImageDataUrl> {
  return encodeImage(await bytesOf(image), options);
}

/** Encodes the bytes; `name` is what errors call them. */
export function encodeImage(
  bytes: Uint8Array,
  { mediaType }: ImageDataUrlOptions = {},
  name = "The image",
): ImageDataUrl {
  const type = imageMediaType(bytes);
  if (!type || (mediaType && type !== mediaType)) {
    const wanted = mediaType ?? "PNG, JPEG, WebP, GIF or AVIF";
    throw new PikzelsInputError(`${name} is ${type ?? "no image of a known kind"}, not ${wanted}.`);
  }
  return `data:${type};base64,${base64(bytes)}`;
}

async function bytesOf(image: unknown): Promise<Uint8Array> {
  if (image instanceof Blob) {
    // Before it is read: it may be a whole film.
    refuseOversized(image.size);
    return new Uint8Array(await image.arrayBuffer());
  }
  const { buffer, byteOffset, byteLength } = viewOf(image);
  refuseOversized(byteLength);
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function viewOf(image: unknown): ArrayBufferView {
  if (ArrayBuffer.isView(image)) return image;
  if (image instanceof ArrayBuffer) return new DataView(image);
  throw new PikzelsInputError("An image is given as a Uint8Array, an ArrayBuffer or a Blob.");
}

export function refuseOversized(size: number, name = "The image"): void {
  if (size <= MAX_IMAGE_BYTES) return;
  throw new PikzelsInputError(`${name} has ${size} bytes; ${MAX_IMAGE_BYTES} is the limit.`);
}
