import { isIP } from "node:net";

/** What the service finds at an image's address. */
export type ImageVerdict = "ok" | "unreachable" | "too-large";

/**
 * What image addresses lead to unless someone says otherwise for an address. Nothing is ever
 * fetched.
 */
export const imageAddressPresets = {
  /** Every address leads to an image, except under `.invalid` and `.localhost`. */
  lenient: (url: string): ImageVerdict =>
    /(?:^|\.)(?:invalid|localhost)$/.test(new URL(url).hostname) ? "unreachable" : "ok",

  /**
   * Addresses that the real service is known or sure to refuse are unreachable too: those that no
   * server on the internet can fetch, signed ones, and pages and files that are not images, except for
   * YouTube's watch links.
   */
  realistic: (url: string): ImageVerdict => {
    const address = new URL(url);
    if (isPrivateHost(address.hostname) || isSigned(address)) return "unreachable";
    return isWatchLink(address) || !isOtherThanImage(address) ? "ok" : "unreachable";
  },
};

export type ImageAddressPreset = keyof typeof imageAddressPresets;

/**
 * Names that do not resolve on the internet (RFC 6761, RFC 8375), and addresses of private
 * networks.
 */
function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  if (isIP(host) === 4)
    return /^(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./.test(
      host,
    );
  if (isIP(host) === 6) return /^(?:::1?$|f[cd]|fe[89ab]|::ffff:)/i.test(host);
  return (
    !host.includes(".") || /\.(?:invalid|localhost|test|local|internal|home\.arpa)$/.test(host)
  );
}

/** Signed for one reader or for a short time, as object stores do. */
function isSigned({ searchParams, username }: URL): boolean {
  const names = /^(?:x-(?:amz|goog|oss)-signature|signature|sig|key-pair-id|token)$/i;
  return username !== "" || [...searchParams.keys()].some((name) => names.test(name));
}

function isWatchLink({ hostname, pathname, searchParams }: URL): boolean {
  const host = hostname.replace(/^(?:www|m|music)\./, "");
  if (host === "youtu.be") return pathname.length > 1;
  if (host !== "youtube.com") return false;
  return (
    (pathname === "/watch" && searchParams.has("v")) || /^\/(?:shorts|live|embed)\/./.test(pathname)
  );
}

function isOtherThanImage({ hostname, pathname }: URL): boolean {
  if (/(?:^|\.)(?:youtube\.com|youtu\.be)$/.test(hostname)) return true;
  return /\.(?:html?|php|aspx?|pdf|svg|mp4|mov|webm|mp3|zip|json|txt)$/i.test(pathname);
}
