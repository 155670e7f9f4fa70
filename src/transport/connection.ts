import { redactKey, toLine } from "../wrappers/redact.js";

/** Causes can form a cycle. */
const MAX_DEPTH = 6;

/** Codes and system calls of errors that happen before a byte of the request is sent. */
const BEFORE_SENDING = new RegExp(
  `^(${[
    "connect|getaddrinfo|query\\w*",
    // No address, no route, or nobody listening: Node, Bun.
    "ENOTFOUND|EAI_\\w+|ECONNREFUSED|ConnectionRefused|EADDRNOTAVAIL|E(NET|HOST)(UNREACH|DOWN)",
    "UND_ERR_CONNECT_TIMEOUT|UND_ERR_PRX_TLS|ERR_PROXY_TUNNEL|ProxyConnectionFailed|ConnectionTunnelFailed",
    // The certificate is not trusted.
    "(DEPTH_ZERO_)?SELF_SIGNED_CERT\\w*|CERT_\\w+|UNABLE_TO_\\w+|ERR_TLS_CERT\\w+",
    // No TLS connection, for example because the server does not speak TLS.
    "ERR_SSL_.*(HANDSHAKE|WRONG_VERSION|PROTOCOL|UNRECOGNIZED_NAME|CIPHER|PACKET_LENGTH)\\w*",
  ].join("|")})$`,
);

/**
 * The same as messages, for errors without a code, from Node, undici, Deno and Bun. hyper, which
 * Deno's fetch is built on, names the phase that failed: `client error (Connect)`.
 */
const SAID_BEFORE_SENDING =
  /before secure TLS connection was|TLS handshake failed|^Proxy response \(\d+\) ?!== 200|client error \(Connect\)|^bad port$|Requests to port \d+ are blocked/;

/**
 * Whether a failed `fetch` provably never sent the request. A reset or a closed connection proves
 * nothing: the request may have arrived before it.
 */
export function neverSent(error: unknown, depth = 0): boolean {
  if (depth === MAX_DEPTH) return false;
  const { code, syscall, message, cause, errors } = factsOf(error);
  // An established connection can lose its route too: `read EHOSTUNREACH`.
  if (/^(read|write)/.test(syscall)) return false;
  // All addresses of a host were tried, so each of the errors has to prove it.
  if (errors.length > 0) return errors.every((one) => neverSent(one, depth + 1));
  return (
    [code, syscall].some((fact) => BEFORE_SENDING.test(fact)) ||
    SAID_BEFORE_SENDING.test(message) ||
    (cause !== undefined && neverSent(cause, depth + 1))
  );
}

/**
 * Why a `fetch` failed: the innermost code, such as `ECONNRESET`, or else the innermost message.
 */
export function reasonOf(error: unknown, key: string): string {
  const chain: ErrorFacts[] = [];
  for (let one = error; one !== undefined && chain.length < MAX_DEPTH; one = chain[0]?.cause) {
    chain.unshift(factsOf(one));
  }
  const code = chain.find((one) => /^[A-Z]\w+$/.test(one.code))?.code;
  const message = chain.find((one) => one.message)?.message ?? "";
  return code ?? (clean(message, key, 150) || "no reason given");
}

/**
 * A copy of a foreign error that holds only what is known to be harmless: its name, code, system
 * call and cleaned message, and the same of its causes. A custom `fetch` may quote the key in its
 * error, or attach the request to any of its properties.
 */
export function copyForeignError(error: unknown, key: string, depth = 0): Error {
  const { name, code, syscall, message, cause, errors } = factsOf(error);
  const copyOf = (one: unknown) => copyForeignError(one, key, depth + 1);
  const isDeepest = depth === MAX_DEPTH;
  const text = clean(message, key, 500);
  const behind = cause === undefined || isDeepest ? undefined : { cause: copyOf(cause) };
  const copy =
    errors.length > 0 && !isDeepest
      ? new AggregateError(errors.slice(0, 10).map(copyOf), text, behind)
      : new Error(text, behind);
  Object.defineProperty(copy, "name", { value: clean(name, key, 100) || "Error" });
  // Its own stack would lead to this function.
  copy.stack = `${copy.name}: ${text}`;
  return Object.assign(
    copy,
    code && { code: clean(code, key, 100) },
    syscall && { syscall: clean(syscall, key, 100) },
  );
}

function clean(text: string, key: string, maxLength: number): string {
  return toLine(redactKey(text, key), maxLength);
}

interface ErrorFacts {
  name: string;
  message: string;
  code: string;
  syscall: string;
  cause: unknown;
  errors: unknown[];
}

/** The fields of a thrown value. Read by shape, because it may come from another realm. */
function factsOf(error: unknown): ErrorFacts {
  const read = (property: string): unknown => {
    try {
      return (Object(error) as Record<string, unknown>)[property];
    } catch {
      return undefined; // A getter that throws.
    }
  };
  const textOf = (property: string) => {
    const value = read(property);
    return typeof value === "string" ? value : "";
  };
  const errors = read("errors");
  return {
    name: textOf("name"),
    message: typeof error === "string" ? error : textOf("message"),
    code: textOf("code"),
    syscall: textOf("syscall"),
    cause: read("cause"),
    errors: Array.isArray(errors) ? errors : [],
  };
}
