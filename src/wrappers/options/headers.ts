import { PikzelsInputError } from "../errors/input-error.js";

/** What the transport alone sets: the key, the address, and the framing of the request. */
const OURS =
  /^(x-api-key|authorization|cookie|host|content-length|content-type|transfer-encoding|connection|expect|te|trailer|upgrade|proxy-.*)$/;

/** Control characters: `Headers` takes most of them, and the request then fails half-way or not. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const UNSENDABLE = /[\x00-\x08\x0a-\x1f\x7f]/;

/**
 * The caller's headers with lower-case names.
 *
 * @throws {PikzelsInputError} for a header that is not the caller's to set, or that is malformed.
 */
export function checkedHeaders(headers: HeadersInit | undefined): Record<string, string> {
  if (!headers) return {};
  let entries: [string, string][] | undefined;
  try {
    entries = [...new Headers(headers)];
  } catch {
    // The platform's message would quote the value, which may be a secret.
  }
  if (!entries || entries.some(([, value]) => UNSENDABLE.test(value))) {
    throw new PikzelsInputError("The headers option has a malformed name or value.");
  }
  const refused = entries.find(([name]) => OURS.test(name));
  if (refused) throw new PikzelsInputError(`The header ${refused[0]} cannot be set by the caller.`);
  return Object.fromEntries(entries);
}
