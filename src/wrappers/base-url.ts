import { api } from "../generated/api.js";
import { environmentVariable } from "./environment.js";
import { PikzelsInputError } from "./errors/classes.js";

/**
 * The address that every path is appended to, without a slash at its end. A path of its own is kept.
 *
 * @throws {PikzelsInputError} if the key would travel unencrypted, or the address has parts that
 * would get lost or leak: user info, a query, a fragment.
 */
export function checkBaseUrl(
  baseUrl = environmentVariable("PIKZELS_BASE_URL") ?? api.baseUrl ?? "",
): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!url || !isSafeToReach(url) || /[?#]/.test(baseUrl) || url.username || url.password) {
    throw new PikzelsInputError(
      "baseUrl must be an https address (http only on loopback) without user, query or fragment.",
    );
  }
  return url.href.replace(/\/+$/, "");
}

/** https, or http that does not leave this machine. */
export function isSafeToReach({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || (protocol === "http:" && LOOPBACK.test(hostname));
}

// `URL` has already brought every spelling of an IPv4 address to four decimals.
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
