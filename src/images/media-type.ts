/** The media type of an image. */
export type ImageMediaType = "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/avif";

/** The first bytes of each image type that the API accepts, read as Latin-1. */
const SIGNATURES: Readonly<Record<ImageMediaType, RegExp>> = {
  // eslint-disable-next-line no-control-regex -- PNG starts with these to detect converted line ends
  "image/png": /^\x89PNG\r\n\x1a\n/,
  "image/jpeg": /^\xff\xd8\xff/,
  "image/gif": /^GIF8[79]a/,
  "image/webp": /^RIFF[^]{4}WEBP/,
  // A `ftyp` box with an AVIF brand, as the major brand or as one of the compatible brands.
  "image/avif": /^[^]{4}ftyp([^]{4})*?avi[fs]/,
};

/** The number of bytes from which the type of an image can be recognized. */
export const SIGNATURE_BYTES = 64;

/** The image type that the first bytes show, or `undefined` if they are not an image. */
export function imageMediaType(bytes: Uint8Array): ImageMediaType | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, SIGNATURE_BYTES));
  const types = Object.keys(SIGNATURES) as ImageMediaType[];
  return types.find((type) => SIGNATURES[type].test(head));
}
