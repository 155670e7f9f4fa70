/**
 * An address that is safe to show: without user info, query and fragment, each of which can be a
 * secret. Anything else, such as a file path, stays as it is.
 */
export function shownAddress(location: string): string {
  const [scheme] = /^[a-z][a-z\d+.-]+:\/\//i.exec(location) ?? [];
  if (scheme === undefined) return location;
  // There is no telling where the secret ends in a malformed address.
  if (!URL.canParse(location)) return `${scheme}…`;
  const { protocol, host, pathname, search, hash } = new URL(location);
  return `${protocol}//${host}${pathname}${search && "?…"}${hash && "#…"}`;
}
