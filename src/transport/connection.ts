import { redactKey, toLine } from "../wrappers/redact.js";

/** Causes can form a circle. */
const MAX_DEPTH = 6;

/** Errors of errors can form a circle too, and double at each step. */
const MAX_ERRORS = 50;

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
export function neverSent(error: unknown): boolean {
  return proveNeverSent(factsOf(error));
}

function proveNeverSent(facts: ErrorFacts): boolean {
  const { code, syscall, message, cause, errors } = facts;
  // An established connection can lose its route too: `read EHOSTUNREACH`.
  if (/^(read|write)/.test(syscall) || !facts.hasAllErrors) return false;
  // All addresses of a host were tried, so each of the errors has to prove it.
  if (errors.length > 0) return errors.every(proveNeverSent);
  return (
    [code, syscall].some((fact) => BEFORE_SENDING.test(fact)) ||
    SAID_BEFORE_SENDING.test(message) ||
    (cause !== undefined && proveNeverSent(cause))
  );
}

/**
 * Why a `fetch` failed: the innermost code, such as `ECONNRESET`, or else the innermost message.
 */
export function reasonOf(error: unknown, key: string): string {
  const chain: ErrorFacts[] = [];
  for (let one: ErrorFacts | undefined = factsOf(error); one; one = one.cause) chain.unshift(one);
  const code = chain.find((one) => /^[A-Z]\w+$/.test(one.code))?.code ?? "";
  const message = chain.find((one) => one.message)?.message ?? "";
  return clean(code, key, 100) || clean(message, key, 150) || "no reason given";
}

/**
 * A copy of a foreign error that holds only what is known to be harmless: its name, code, system
 * call and cleaned message, and the same of its causes. A custom `fetch` may quote the key in its
 * error, or attach the request to any of its properties.
 */
export function copyForeignError(error: unknown, key: string): Error {
  return errorOf(factsOf(error), key);
}

function errorOf({ name, message, code, syscall, cause, errors }: ErrorFacts, key: string): Error {
  const text = clean(message, key, 500);
  const behind = cause && { cause: errorOf(cause, key) };
  const copies = errors.slice(0, 10).map((one) => errorOf(one, key));
  const copy =
    copies.length > 0 ? new AggregateError(copies, text, behind) : new Error(text, behind);
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
  cause: ErrorFacts | undefined;
  errors: ErrorFacts[];
  /** Whether `errors` has all of them: they may be too many, or refuse to be read. */
  hasAllErrors: boolean;
}

/**
 * The fields of a thrown value and of what is behind it. Read by shape, because it may come from
 * another realm, and at most so many, whatever they refer to.
 */
function factsOf(error: unknown, depth = 0, left = { errors: MAX_ERRORS }): ErrorFacts {
  const textOf = (property: string) => {
    const value = read(error, property);
    return typeof value === "string" ? value : "";
  };
  const behind = (one: unknown): ErrorFacts | undefined =>
    depth < MAX_DEPTH && left.errors-- > 0 ? factsOf(one, depth + 1, left) : undefined;
  const cause = read(error, "cause");
  const list = listOf(read(error, "errors"));
  const errors = list?.flatMap((one) => behind(one) ?? []) ?? [];
  return {
    name: textOf("name"),
    message: typeof error === "string" ? error : textOf("message"),
    code: textOf("code"),
    syscall: textOf("syscall"),
    cause: cause === undefined ? undefined : behind(cause),
    errors,
    hasAllErrors: errors.length === list?.length,
  };
}

/** `undefined` if it is a getter or a Proxy that throws. */
function read(value: unknown, property: string): unknown {
  try {
    return (Object(value) as Record<string, unknown>)[property];
  } catch {
    return undefined;
  }
}

/** The items of a list, no more than one too many; `undefined` if one of them throws. */
function listOf(value: unknown): unknown[] | undefined {
  try {
    const list = Array.isArray(value) ? (value as unknown[]) : [];
    return Array.from({ length: Math.min(list.length, MAX_ERRORS + 1) }, (_, index) => list[index]);
  } catch {
    return undefined;
  }
}

/** `instanceof` for a thrown value, which may be a Proxy that throws. */
export function isInstance<Type>(
  error: unknown,
  type: abstract new (...args: never[]) => Type,
): error is Type {
  try {
    return error instanceof type;
  } catch {
    return false;
  }
}
