/** Whether a media type is JSON: `application/json`, or one that ends in `+json` (RFC 6839). */
export function isJsonType(mediaType: string): boolean {
  return /^application\/(?:[^;]*\+)?json\s*(?:;|$)/i.test(mediaType);
}
