/**
 * An address as it may be shown: without user info, query and fragment, each of which can be a
 * secret. What is no address, a path of a file, stays as it is.
 */
export function shownAddress(location: string): string {
  const [scheme] = /^[a-z][a-z\d+.-]+:\/\//i.exec(location) ?? [];
  if (scheme === undefined) return location;
  // Where in a broken address the secret ends, nobody can tell.
  if (!URL.canParse(location)) return `${scheme}…`;
  const { protocol, host, pathname, search, hash } = new URL(location);
  return `${protocol}//${host}${pathname}${search && "?…"}${hash && "#…"}`;
}
