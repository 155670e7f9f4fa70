/** Codes of errors that come before a byte of the request is sent, in Node and Bun. */
const BEFORE_SENDING =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|(DEPTH_ZERO_)?SELF_SIGNED_CERT\w*|CERT_\w+|UNABLE_TO_\w+|ERR_TLS_CERT\w+)$/;

/**
 * Whether a failed `fetch` provably never sent the request. A reset or a closed connection proves
 * nothing: the request may have arrived before it.
 */
export function neverSent(error: unknown): boolean {
  return causesOf(error).some(
    ({ code, syscall }) =>
      syscall === "connect" || syscall === "getaddrinfo" || BEFORE_SENDING.test(`${code}`),
  );
}

/** The innermost code of a failed `fetch`, such as `ECONNRESET`. */
export function codeOf(error: unknown): string {
  const codes = causesOf(error).map(({ code }) => `${code}`);
  return codes.findLast((code) => /^[A-Z]\w+$/.test(code)) ?? "no reason given";
}

/**
 * A failed `fetch`'s error, if it may be shown. A `fetch` of the caller's may quote the key in it, or
 * attach the request: of such an error nothing but the code is kept.
 */
export function withoutKey(error: unknown, key: string): unknown {
  const causes = causesOf(error);
  if (causes.length > 0 && causes.every((cause) => isHarmless(cause, key))) return error;
  return Object.assign(new Error("The error of fetch may hold the key"), { code: codeOf(error) });
}

function isHarmless(error: SystemError, key: string): boolean {
  const words = `${error.message} ${error.stack} ${jsonOf(error, key)}`;
  return !words.includes(key) && Object.values({ ...error }).every(isPlain);
}

/** What holds itself cannot be written as JSON, nor searched: taken for the key. */
function jsonOf(error: SystemError, key: string): string {
  try {
    return JSON.stringify(error);
  } catch {
    return key;
  }
}

function isPlain(value: unknown): boolean {
  return typeof value !== "object" || value === null || value.constructor === Object;
}

interface SystemError extends Error {
  code?: string;
  syscall?: string;
}

function causesOf(error: unknown): SystemError[] {
  const causes: SystemError[] = [];
  // Bounded: causes can form a circle. By shape: `fetch` may come from another realm.
  for (let cause = error; isError(cause) && causes.length < 5; cause = cause.cause) {
    causes.push(cause);
  }
  return causes;
}

function isError(value: unknown): value is SystemError {
  return typeof value === "object" && value !== null && "message" in value;
}
