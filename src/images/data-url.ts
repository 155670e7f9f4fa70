import { PikzelsInputError } from "../wrappers/errors/classes.js";
import { checkAny, checkOptions, isBlob, tagOf } from "../wrappers/validate.js";
import { imageMediaType, type ImageMediaType } from "./media-type.js";

/**
 * The largest image the API accepts: 10 MB, read here as 10 × 1024 × 1024 bytes. If the service
 * means decimal megabytes, it answers `IMAGE_TOO_LARGE`, which is not billed. A lower limit here
 * would refuse images that the service accepts.
 */
const MAX_IMAGE_BYTES = 10 * 1024 * 1024;

/** An image as a base64 data URL. */
export type ImageDataUrl = `data:${ImageMediaType};base64,${string}`;

/** Options of `toImageDataUrl`. */
export interface ImageDataUrlOptions {
  /** The expected media type; any other image is refused. Default: any image type. */
  mediaType?: ImageMediaType | undefined;
}

/**
 * Encodes an image as the data URL that the `…_base64` fields take.
 *
 * Recognizes PNG, JPEG, WebP, GIF and AVIF by their first bytes. At most 10 MB per image.
 *
 * @throws {PikzelsInputError} if the bytes are not an image, not of type `mediaType`, or over 10 MB.
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
  const checked = checkOptions("toImageDataUrl", options, { mediaType: checkAny });
  return encodeImage(await bytesOf(image), checked);
}

/** Encodes bytes that are already in memory. Error messages call the image by `name`. */
export function encodeImage(
  bytes: Uint8Array,
  { mediaType }: ImageDataUrlOptions = {},
  name = "The image",
): ImageDataUrl {
  const type = imageMediaType(bytes);
  if (!type || (mediaType && type !== mediaType)) {
    const expected = mediaType ?? "PNG, JPEG, WebP, GIF or AVIF";
    throw new PikzelsInputError(
      `${name} is ${type ?? "not an image of a known type"}; expected ${expected}.`,
    );
  }
  return `data:${type};base64,${base64(bytes)}`;
}

/** @throws {PikzelsInputError} if an image of `size` bytes is larger than the API accepts. */
export function assertImageSize(size: number, name = "The image"): void {
  if (size <= MAX_IMAGE_BYTES) return;
  throw new PikzelsInputError(`${name} has ${size} bytes; the limit is ${MAX_IMAGE_BYTES}.`);
}

async function bytesOf(image: unknown): Promise<Uint8Array> {
  if (isBlob(image)) {
    // Checked before the blob is read: it may be a feature-length video.
    assertImageSize(image.size);
    return new Uint8Array(await image.arrayBuffer());
  }
  const { buffer, byteOffset, byteLength } = viewOf(image);
  assertImageSize(byteLength);
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function viewOf(image: unknown): ArrayBufferView {
  if (ArrayBuffer.isView(image)) return image;
  if (tagOf(image) === "ArrayBuffer") return new Uint8Array(image as ArrayBuffer);
  throw new PikzelsInputError("The image must be a Uint8Array, an ArrayBuffer or a Blob.");
}

interface WithBuffer {
  Buffer?: {
    from: (
      buffer: ArrayBufferLike,
      offset: number,
      length: number,
    ) => { toString: (encoding: "base64") => string };
  };
}

/** Encodes with the fastest encoder that the platform has. */
function base64(bytes: Uint8Array): string {
  const { Buffer } = globalThis as WithBuffer;
  if (Buffer) {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
  }
  const { toBase64 } = bytes as { toBase64?: () => string };
  return toBase64 ? toBase64.call(bytes) : base64InChunks(bytes);
}

/**
 * A multiple of 3, so that only the last chunk is padded, and small enough to spread as arguments.
 */
const CHUNK_BYTES = 3 * 8192;

function base64InChunks(bytes: Uint8Array): string {
  let encoded = "";
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    encoded += btoa(String.fromCharCode(...bytes.subarray(at, at + CHUNK_BYTES)));
  }
  return encoded;
}
