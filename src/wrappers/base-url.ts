import { api } from "../generated/api.js";
import { environmentVariable } from "./environment.js";
import { PikzelsInputError } from "./errors/classes.js";

const VARIABLE = "PIKZELS_BASE_URL";

/**
 * The address that every path is appended to, without a trailing slash. A path in it is kept.
 *
 * @throws {PikzelsInputError} if the key would travel unencrypted, or the address has parts that
 * would get lost or leak: user info, a query, a fragment.
 */
export function checkBaseUrl(given: unknown): string {
  const variable = environmentVariable(VARIABLE);
  const baseUrl = given ?? variable ?? api.baseUrl;
  const name = given === undefined && variable !== undefined ? VARIABLE : "baseUrl";
  if (baseUrl === "")
    throw new PikzelsInputError(`${name} is empty: unset it, or give an address.`);
  const text = typeof baseUrl === "string" ? baseUrl : "";
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !isSafeToReach(url) || /[?#]/.test(text) || url.username || url.password) {
    throw new PikzelsInputError(
      `${name} must be an https address (http only on loopback) without user, query or fragment.`,
    );
  }
  return url.href.replace(/\/+$/, "");
}

/** https, or http that does not leave this machine. */
export function isSafeToReach(url: URL): boolean {
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url));
}

export function isLoopback({ hostname }: URL): boolean {
  // `URL` has already normalized every spelling of an IPv4 address to four decimals.
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}
