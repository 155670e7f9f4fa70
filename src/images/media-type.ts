/** The media type of an image. */
export type ImageMediaType = "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/avif";

/** The first bytes of each kind of image the API takes, read as Latin-1. */
const SIGNATURES: Readonly<Record<ImageMediaType, RegExp>> = {
  // eslint-disable-next-line no-control-regex -- PNG begins so to notice mangled line ends
  "image/png": /^\x89PNG\r\n\x1a\n/,
  "image/jpeg": /^\xff\xd8\xff/,
  "image/gif": /^GIF8[79]a/,
  "image/webp": /^RIFF[^]{4}WEBP/,
  // A box of file type whose brands, the major one or a compatible one, include AVIF's.
  "image/avif": /^[^]{4}ftyp([^]{4})*?avi[fs]/,
};

/** How many bytes tell what an image is. */
export const SIGNATURE_BYTES = 64;

/** What an image is by its first bytes, whatever its name says; `undefined` where it is none. */
export function imageMediaType(bytes: Uint8Array): ImageMediaType | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, SIGNATURE_BYTES));
  const types = Object.keys(SIGNATURES) as ImageMediaType[];
  return types.find((type) => SIGNATURES[type].test(head));
}
