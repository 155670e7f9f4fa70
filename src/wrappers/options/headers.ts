import { PikzelsInputError } from "../errors/input-error.js";

/** What the transport alone sets: the key, the address, and the framing of the request. */
const OURS =
  /^(x-api-key|authorization|cookie|host|content-length|content-type|transfer-encoding|connection|expect|te|trailer|upgrade|proxy-.*)$/;

/**
 * The caller's headers with lower-case names.
 *
 * @throws {PikzelsInputError} for a header that is not the caller's to set, or that is malformed.
 */
export function checkedHeaders(headers: HeadersInit | undefined): Record<string, string> {
  if (!headers) return {};
  let entries;
  try {
    entries = [...new Headers(headers)];
  } catch {
    // The platform's message would quote the value, which may be a secret.
    throw new PikzelsInputError("The headers option has a malformed name or value.");
  }
  const refused = entries.find(([name]) => OURS.test(name));
  if (refused) throw new PikzelsInputError(`The header ${refused[0]} cannot be set by the caller.`);
  return Object.fromEntries(entries);
}
