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

/** The most telling code of a failed `fetch`, such as `ECONNRESET`; its message might tell secrets. */
export function codeOf(error: unknown): string {
  return causesOf(error).findLast(({ code }) => code)?.code ?? "no reason given";
}

interface SystemError extends Error {
  code?: string;
  syscall?: string;
}

function causesOf(error: unknown): SystemError[] {
  const causes: SystemError[] = [];
  // Bounded: causes can form a circle.
  for (let cause = error; cause instanceof Error && causes.length < 5; cause = cause.cause) {
    causes.push(cause);
  }
  return causes;
}
