/** Whether a media type is JSON: `application/json`, or one that ends in `+json` (RFC 6839). */
export function isJsonType(mediaType: string): boolean {
  return /^application\/(?:[^;]*\+)?json\s*(?:;|$)/i.test(mediaType);
}

/**
 * A media type without its parameters, in lower case: `Text/HTML; charset=utf-8` → `text/html`.
 * https://mimesniff.spec.whatwg.org/#mime-type-essence
 */
export function essenceOf(mediaType: string): string {
  return mediaType.split(";", 1).join("").trim().toLowerCase();
}

/** Whether a media type or a range such as `image/*` covers a media type; all without parameters. */
export function coversMediaType(range: string, mediaType: string): boolean {
  if (range === mediaType || range === "*/*") return true;
  return range.endsWith("/*") && mediaType.startsWith(range.slice(0, -1));
}
