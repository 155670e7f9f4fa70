import { isLoopback, isSafeToReach } from "../wrappers/base-url.js";
import { PikzelsInputError } from "../wrappers/errors/classes.js";
import { tagOf } from "../wrappers/validate.js";

/** @throws {PikzelsInputError} if the address is not a URL, or would be reached unencrypted. */
export function imageUrl(address: unknown): URL {
  if (typeof address === "string" && URL.canParse(address)) {
    const url = new URL(address);
    if (isSafeToReach(url)) return url;
  }
  const url = typeof address === "string" ? address : undefined;
  const what = url === undefined ? `, not from a value of type ${tagOf(address)}` : "";
  throw new PikzelsInputError(`Images are only downloaded from https addresses${what}.`, { url });
}

/**
 * Says why a redirect must not be followed, or `undefined` if it may be. Whoever can redirect a
 * download must not be able to point it into the network that the program runs in, or to downgrade
 * it to plain http.
 *
 * Only the address is looked at. A public name may still resolve to a private address: a program that
 * downloads on behalf of strangers needs a network that stops that.
 */
export function redirectProblem(from: URL, to: URL): string | undefined {
  const staysInPlace = to.hostname === from.hostname || (isLoopback(from) && isLoopback(to));
  if (!staysInPlace && !hasPublicName(to)) return "to a host without a public name";
  const isDowngrade = from.protocol === "https:" && to.protocol !== "https:";
  return isDowngrade || !isSafeToReach(to) ? "to an unencrypted address" : undefined;
}

/**
 * Whether a host has a name on the public network. IP addresses do not count: no public service
 * serves images from one, and there are many private ranges. Neither do names without a dot, or
 * names that never resolve publicly (RFC 6761, RFC 6762, RFC 8375).
 *
 * `URL` has brought every spelling of an IPv4 address (`0x7f.1`, `2130706433`) to four decimals.
 */
function hasPublicName({ hostname }: URL): boolean {
  const host = hostname.replace(/\.$/, "");
  return /\.[a-z][a-z\d-]*$/i.test(host) && !/\.(localhost|local|internal|home\.arpa)$/.test(host);
}
