import { redactKey, toLine } from "../wrappers/redact.js";

/** Codes of errors that come before a byte of the request is sent. */
const CODES = new RegExp(
  `^(${[
    // No address, no way to it, or nobody there: Node, Bun.
    String.raw`ENOTFOUND|EAI_\w+|ECONNREFUSED|ConnectionRefused|EADDRNOTAVAIL|E(NET|HOST)(UNREACH|DOWN)`,
    "UND_ERR_CONNECT_TIMEOUT|UND_ERR_PRX_TLS|ERR_PROXY_TUNNEL|ProxyConnectionFailed|ConnectionTunnelFailed",
    // No trust in the certificate.
    String.raw`(DEPTH_ZERO_)?SELF_SIGNED_CERT\w*|CERT_\w+|UNABLE_TO_\w+|ERR_TLS_CERT\w+`,
    // No TLS connection came about, as with a server that does not speak it.
    String.raw`ERR_SSL_.*(HANDSHAKE|WRONG_VERSION|PROTOCOL|UNRECOGNIZED_NAME|CIPHER|PACKET_LENGTH)\w*`,
  ].join("|")})$`,
);

/** System calls that come before a byte of the request is sent. */
const SYSCALLS = /^(connect|getaddrinfo|query\w*)$/;

/** The same in words, if there is no code: Node, undici, Deno, Bun. */
const MESSAGES = new RegExp(
  [
    "before secure TLS connection was established",
    "TLS handshake failed",
    String.raw`Proxy response \(\d+\) ?!== 200 when HTTP Tunneling`,
    // hyper, of which Deno's fetch is made, says in which phase it failed.
    String.raw`client error \(Connect\)`,
    "^bad port$",
    String.raw`Requests to port \d+ are blocked`,
  ].join("|"),
);

/**
 * Whether a failed `fetch` provably never sent the request. A reset or a closed connection proves
 * nothing: the request may have arrived before it.
 */
export function neverSent(error: unknown, depth = 0): boolean {
  if (depth === MAX_DEPTH) return false;
  const { code, syscall, message, cause, errors } = factsOf(error);
  // All the addresses of a host were tried: each of them has to prove it.
  if (errors.length > 0) return errors.every((one) => neverSent(one, depth + 1));
  if (typeof code === "string" && CODES.test(code)) return true;
  if (SYSCALLS.test(syscall) || MESSAGES.test(message)) return true;
  return cause !== undefined && neverSent(cause, depth + 1);
}

/** Why a `fetch` failed: the innermost code, such as `ECONNRESET`, else the innermost message. */
export function reasonOf(error: unknown, key: string): string {
  const chain = [];
  for (let one = error; one !== undefined && chain.length < MAX_DEPTH; one = factsOf(one).cause) {
    chain.push(factsOf(one));
  }
  const code = chain.findLast((one) => /^[A-Z]\w+$/.test(`${one.code}`))?.code;
  const message = chain.findLast((one) => one.message)?.message ?? "";
  return `${code ?? ""}` || clean(message, key, 150) || "no reason given";
}

/** Causes can form a circle. */
const MAX_DEPTH = 6;

/**
 * A copy of somebody else's error with nothing but what is known to be harmless: its name, code,
 * system call and cleaned message, and the same of the errors behind it. A `fetch` of the caller's may
 * quote the key in its error or attach the request, in any place that an object has.
 */
export function copyForeignError(error: unknown, key: string, depth = 0): Error {
  const { name, code, syscall, message, cause, errors } = factsOf(error);
  const copy = new Error(clean(message, key, 500));
  const shown = {
    name: clean(name, key, 100) || "Error",
    ...(code !== undefined && { code: typeof code === "string" ? clean(code, key, 100) : code }),
    ...(syscall && { syscall: clean(syscall, key, 100) }),
    ...(depth < MAX_DEPTH && {
      ...(cause !== undefined && { cause: copyForeignError(cause, key, depth + 1) }),
      ...(errors.length > 0 && {
        errors: errors.slice(0, 10).map((one) => copyForeignError(one, key, depth + 1)),
      }),
    }),
  };
  for (const [property, value] of Object.entries(shown)) {
    // As an error's own properties are: not enumerable, but for its code and system call.
    const enumerable = property === "code" || property === "syscall";
    Object.defineProperty(copy, property, { value, enumerable, configurable: true });
  }
  // Its own would lead to this function.
  copy.stack = `${shown.name}: ${copy.message}`;
  return copy;
}

function clean(text: string, key: string, maxLength: number): string {
  return toLine(redactKey(text, key), maxLength);
}

interface ErrorFacts {
  name: string;
  message: string;
  code: string | number | undefined;
  syscall: string;
  cause: unknown;
  errors: unknown[];
}

/** What a thrown value says of itself; by shape, for `fetch` may come from another realm. */
function factsOf(error: unknown): ErrorFacts {
  if (typeof error !== "object" || error === null) {
    const message = typeof error === "string" ? error : "";
    return { name: "", message, code: undefined, syscall: "", cause: undefined, errors: [] };
  }
  const code = read(error, "code");
  const errors = read(error, "errors");
  return {
    name: textOf(read(error, "name")),
    message: textOf(read(error, "message")),
    code: typeof code === "string" || typeof code === "number" ? code : undefined,
    syscall: textOf(read(error, "syscall")),
    cause: read(error, "cause"),
    errors: Array.isArray(errors) ? (errors as unknown[]) : [],
  };
}

/** A property may be a getter that throws. */
function read(error: object, property: string): unknown {
  try {
    return (error as Record<string, unknown>)[property];
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
