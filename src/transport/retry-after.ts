/**
 * The wait that a `Retry-After` header asks for, in milliseconds: seconds, or a date in the format of
 * HTTP (RFC 9110, section 10.2.3). Anything else counts as no wish at all: a malformed header must
 * not switch retries off.
 */
export function retryAfterMs(headers: Headers, now = Date.now()): number | undefined {
  const value = headers.get("retry-after") ?? "";
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = value.endsWith("GMT") ? Date.parse(value) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
