import { isSafeToReach } from "../wrappers/base-url.js";
import { PikzelsInputError } from "../wrappers/errors/classes.js";

/** @throws {PikzelsInputError} if the address is not a URL, or would be reached unencrypted. */
export function imageUrl(address: unknown): URL {
  if (typeof address === "string" && URL.canParse(address)) {
    const url = new URL(address);
    if (isSafeToReach(url)) return url;
  }
  const url = typeof address === "string" ? address : undefined;
  throw new PikzelsInputError("Images are only downloaded from https addresses.", { url });
}

/**
 * Why a redirect must not be followed; `undefined` if it may be. Whoever can redirect a download must not
 * be able to point it into the network that the program runs in, or to take its encryption away.
 *
 * Only the address is looked at. A public name may still resolve to a private address: a program that
 * downloads on behalf of strangers needs a network that stops that.
 */
export function redirectProblem(from: URL, to: URL): string | undefined {
  if (isLocalHost(to.hostname) && !isLocalHost(from.hostname)) return "to a private address";
  const isDowngrade = from.protocol === "https:" && to.protocol !== "https:";
  return isDowngrade || !isSafeToReach(to) ? "to an unencrypted address" : undefined;
}

/**
 * Whether a host is this machine or in a private network. `hostname` is that of a `URL`, which has brought
 * every spelling of an address (`0x7f.1`, `2130706433`, `::ffff:127.0.0.1`) to one form.
 */
export function isLocalHost(hostname: string): boolean {
  const host = hostname.replace(/\.$/, "");
  if (host.startsWith("[")) return isLocalIPv6(groupsOf(host.slice(1, -1)));
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return isLocalIPv4(host.split(".").map(Number));
  // Names without a dot, and those that are never resolved on the public network (RFC 6761, RFC 6762).
  return !host.includes(".") || /\.(localhost|local|internal|home\.arpa)$/.test(host);
}

/** By https://www.iana.org/assignments/iana-ipv4-special-registry. */
function isLocalIPv4([a = 0, b = 0, c = 0]: number[]): boolean {
  return (
    [0, 10, 127].includes(a) ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 192 && b === 0 && c === 0) ||
    (a === 198 && (b === 18 || b === 19)) ||
    a >= 224
  );
}

/** By https://www.iana.org/assignments/iana-ipv6-special-registry. */
function isLocalIPv6(groups: number[]): boolean {
  const [first = 0] = groups;
  const isUniqueLocal = (first & 0xfe00) === 0xfc00;
  const isLinkOrSiteLocal = (first & 0xff80) === 0xfe80;
  const isMulticast = (first & 0xff00) === 0xff00;
  if (isUniqueLocal || isLinkOrSiteLocal || isMulticast) return true;
  const embedded = embeddedIPv4(groups);
  return embedded !== undefined && isLocalIPv4(embedded);
}

/** Prefixes that are followed by an IPv4 address; the unspecified address and loopback are among them. */
const IPV4_PREFIXES = [
  [0, 0, 0, 0, 0, 0],
  [0, 0, 0, 0, 0, 0xffff],
  [0, 0, 0, 0, 0xffff, 0],
  [0x64, 0xff9b, 0, 0, 0, 0],
  [0x2002],
];

function embeddedIPv4(groups: number[]): number[] | undefined {
  const prefix = IPV4_PREFIXES.find((one) => one.every((group, at) => groups[at] === group));
  return (
    prefix &&
    groups.slice(prefix.length, prefix.length + 2).flatMap((group) => [group >> 8, group & 255])
  );
}

function groupsOf(address: string): number[] {
  const [head = [], tail = []] = address
    .split("::")
    .map((side) => (side ? side.split(":").map((group) => parseInt(group, 16)) : []));
  const zeros = Array<number>(8 - head.length - tail.length).fill(0);
  return [...head, ...zeros, ...tail];
}
