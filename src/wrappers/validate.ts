import { PikzelsInputError } from "./errors/classes.js";

/** Passes a number of milliseconds above 0. @throws {PikzelsInputError} for any other value. */
export function checkMs(name: string, value: number | undefined): number | undefined {
  if (value === undefined || value > 0) return value;
  throw new PikzelsInputError(`${name} must be a number of milliseconds above 0.`);
}

/** Passes a whole number from `least` on. @throws {PikzelsInputError} for any other value. */
export function checkCount<Value extends number | undefined>(
  name: string,
  value: Value,
  least = 0,
): Value {
  if (value === undefined || (Number.isInteger(value) && value >= least)) return value;
  throw new PikzelsInputError(`${name} must be a whole number from ${least} on.`);
}

/** What the transport alone sets: the key, the address, and the framing of the request. */
const RESERVED_HEADER =
  /^(x-api-key|authorization|cookie|host|content-length|content-type|transfer-encoding|connection|expect|te|trailer|upgrade|proxy-.*)$/;

/** Control characters: `Headers` takes most of them, and the request then fails half-way or not. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const UNSENDABLE = /[\x00-\x08\x0a-\x1f\x7f]/;

/**
 * The caller's headers with lower-case names.
 *
 * @throws {PikzelsInputError} for a header that is not the caller's to set, or that is malformed.
 */
export function checkHeaders(headers: HeadersInit | undefined): Record<string, string> {
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
  const reserved = entries.find(([name]) => RESERVED_HEADER.test(name));
  if (reserved) {
    throw new PikzelsInputError(`The header ${reserved[0]} cannot be set by the caller.`);
  }
  return Object.fromEntries(entries);
}
