import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { copyForeignError, neverSent, reasonOf } from "../../src/transport/connection.js";
import { CANARY, networkError } from "../support/stub-fetch.js";

const failed = (cause: unknown) => new TypeError("fetch failed", { cause });
const coded = (code: string, message = code) => Object.assign(new Error(message), { code });

describe("a failed fetch never sent the request", () => {
  test.each([
    "ECONNREFUSED",
    "EADDRNOTAVAIL",
    "ENETUNREACH",
    "EHOSTUNREACH",
    "ENOTFOUND",
    "EAI_AGAIN",
    "UND_ERR_CONNECT_TIMEOUT",
    "ConnectionRefused",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "CERT_HAS_EXPIRED",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "ERR_SSL_WRONG_VERSION_NUMBER",
    "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE",
    "ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE",
    "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION",
    "ERR_PROXY_TUNNEL",
  ])("if it failed with %s", (code) => {
    expect(neverSent(networkError(code))).toBe(true);
  });

  test.each(["connect", "getaddrinfo", "queryA"])("if its %s failed", (syscall) => {
    expect(neverSent(networkError("ETIMEDOUT", syscall))).toBe(true);
  });

  test.each([
    [
      "Node, TLS",
      failed(
        coded(
          "ECONNRESET",
          "Client network socket disconnected before secure TLS connection was established",
        ),
      ),
    ],
    [
      "Node, a proxy",
      failed(failed(coded("UND_ERR_ABORTED", "Proxy response (407) !== 200 when HTTP Tunneling"))),
    ],
    ["Node, a port that fetch refuses", failed(new Error("bad port"))],
    [
      "Deno, a connection",
      failed(
        new Error(
          "error sending request for url (https://a/): client error (Connect): tls handshake eof",
        ),
      ),
    ],
    [
      "Deno, a port that fetch refuses",
      new TypeError("Fetch failed: Requests to port 1 are blocked"),
    ],
    [
      "Bun, TLS",
      coded("EPROTO", "EPROTO: The TLS handshake failed. Does the server speak TLS on this port?"),
    ],
  ])("if the runtime says so in words: %s", (_who, error) => {
    expect(neverSent(error)).toBe(true);
  });

  test("if all addresses of the host failed before sending, but not if one may not have", () => {
    const refused = coded("ECONNREFUSED");
    const reset = coded("ECONNRESET");
    const all = (...errors: Error[]) =>
      failed(Object.assign(new AggregateError(errors), { code: "ECONNREFUSED" }));
    expect(neverSent(all(refused, coded("ENETUNREACH")))).toBe(true);
    expect(neverSent(all(refused, reset))).toBe(false);
    expect(neverSent(all(...Array<Error>(30).fill(refused)))).toBe(true);
  });

  test("if the error comes from another realm", () => {
    const error: unknown = runInNewContext(
      `new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code: "ENOTFOUND" }) })`,
    );
    expect(error).not.toBeInstanceOf(Error);
    expect(neverSent(error)).toBe(true);
  });
});

describe("a failed fetch may have sent the request", () => {
  test.each([
    "ECONNRESET",
    "EPIPE",
    "ETIMEDOUT",
    "UND_ERR_SOCKET",
    "UND_ERR_HEADERS_TIMEOUT",
    "UND_ERR_ABORTED",
    "NOT_ECONNREFUSED",
    "ECONNREFUSED_LATER",
    "ERR_BAD_CERT",
    "ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC",
    "EAI_",
    "CERT_",
  ])("if it failed with %s", (code) => {
    expect(neverSent(networkError(code))).toBe(false);
    expect(neverSent(networkError(code, "read"))).toBe(false);
  });

  test.each(["EHOSTUNREACH", "ENETUNREACH", "ENETDOWN"])(
    "if an established connection lost its route: read %s",
    (code) => {
      expect(neverSent(networkError(code, "read"))).toBe(false);
      expect(neverSent(networkError(code, "write"))).toBe(false);
    },
  );

  test.each([undefined, null, "ECONNREFUSED", 7, {}, new Error("x"), new AggregateError([])])(
    "if nothing proves otherwise: %j",
    (thrown) => {
      expect(neverSent(thrown)).toBe(false);
    },
  );
});

describe("an error whose errors cannot all be read", () => {
  const unreadable = (errors: unknown) =>
    Object.assign(new Error("x"), { code: "ECONNREFUSED", errors });
  const throws = () => {
    throw new Error(CANARY);
  };
  const circle = Object.assign(new AggregateError([], "round"), { code: "ECONNREFUSED" });
  circle.errors = Array<Error>(1000).fill(circle);

  test.each<[string, unknown]>([
    ["there are too many", unreadable(Array<Error>(1000).fill(coded("ECONNREFUSED")))],
    [
      "one of them is a getter that throws",
      unreadable(Object.defineProperty([], 0, { get: throws })),
    ],
    ["their list is a Proxy that throws", unreadable(new Proxy([], { get: throws }))],
    ["they form a circle", circle],
  ])("proves nothing, and its copy is small: %s", (_why, error) => {
    expect(neverSent(error)).toBe(false);
    const shown = inspect(copyForeignError(error, CANARY), { depth: Infinity });
    expect(shown).not.toContain(CANARY);
    expect(shown.length).toBeLessThan(20_000);
  });
});

describe("the reason of a failed fetch", () => {
  test("is the innermost code", () => {
    const outer = Object.assign(failed(coded("ECONNRESET")), { code: "ERR_OUTER" });
    expect(reasonOf(outer, CANARY)).toBe("ECONNRESET");
    const text = Object.assign(new Error("x", { cause: "why" }), { code: "ERR_X" });
    expect(reasonOf(text, CANARY)).toBe("ERR_X");
  });

  test("is the innermost message if nothing looks like a code, in one line and without the key", () => {
    for (const code of [undefined, 20, "", "E", "no code", "ERR SPACED", "eOther"]) {
      expect(reasonOf(failed(Object.assign(new Error("x"), { code })), CANARY)).toBe("x");
    }
    expect(reasonOf(`sent\n${CANARY}`, CANARY)).toBe("sent [the API key]");
    expect(reasonOf(new Error("x".repeat(500)), CANARY)).toHaveLength(150);
  });

  test("is a code without the key, even if the key is short", () => {
    expect(reasonOf(coded("ERR_pkz_abcdef"), "pkz_abcdef")).toBe("ERR_[the API key]");
    expect(reasonOf(coded(`E${"X".repeat(500)}`), CANARY)).toHaveLength(100);
  });

  test("is missing if nothing says it", () => {
    for (const thrown of [undefined, null, {}, new Error("")]) {
      expect(reasonOf(thrown, CANARY)).toBe("no reason given");
    }
  });

  test("is looked for a few causes deep: causes can form a circle", () => {
    const circle = new Error("round");
    circle.cause = circle;
    expect(reasonOf(circle, CANARY)).toBe("round");
  });
});

describe("the copy of a foreign error", () => {
  test("keeps its name, code, system call and message, and those of its causes", () => {
    const shown = copyForeignError(networkError("ECONNREFUSED", "connect"), CANARY);
    expect(shown).toMatchObject({ name: "TypeError", message: "fetch failed" });
    expect(shown.cause).toBeInstanceOf(Error);
    expect(shown.cause).toMatchObject({
      name: "Error",
      message: "ECONNREFUSED",
      code: "ECONNREFUSED",
      syscall: "connect",
    });
    expect(shown.stack).toBe("TypeError: fetch failed");
  });

  test("keeps the errors of an AggregateError", () => {
    const shown = copyForeignError(
      new AggregateError([coded("ECONNREFUSED"), "why"], "all"),
      CANARY,
    );
    expect(shown).toMatchObject({ errors: [{ code: "ECONNREFUSED" }, { message: "why" }] });
  });

  const withKey = (change: (error: Error) => unknown): unknown => change(new Error("failed"));
  const request = () => new Request("https://a.example", { headers: { "x-api-key": CANARY } });
  const deep = (depth: number): Error =>
    new Error(depth === 0 ? CANARY : "x", depth === 0 ? {} : { cause: deep(depth - 1) });
  test.each<[string, unknown]>([
    ["its message", new Error(`sent ${CANARY}`)],
    ["its message, escaped", new Error(`sent ${CANARY.replace("p", "\\u0070")}`)],
    ["its name", withKey((error) => Object.assign(error, { name: CANARY }))],
    ["its stack", withKey((error) => Object.assign(error, { stack: `at ${CANARY}` }))],
    ["its code", withKey((error) => Object.assign(error, { code: CANARY }))],
    ["its system call", withKey((error) => Object.assign(error, { syscall: CANARY }))],
    ["a property", withKey((error) => Object.assign(error, { key: CANARY }))],
    [
      "a nested property",
      withKey((error) => Object.assign(error, { config: { headers: { CANARY } } })),
    ],
    ["a list", withKey((error) => Object.assign(error, { rawHeaders: ["x-api-key", CANARY] }))],
    ["a Map", withKey((error) => Object.assign(error, { headers: new Map([["key", CANARY]]) }))],
    ["a Set", withKey((error) => Object.assign(error, { seen: new Set([CANARY]) }))],
    ["Headers", withKey((error) => Object.assign(error, { headers: request().headers }))],
    [
      "nested Headers",
      withKey((error) => Object.assign(error, { config: { headers: request().headers } })),
    ],
    ["a Request", withKey((error) => Object.assign(error, { request: request() }))],
    ["a Buffer", withKey((error) => Object.assign(error, { raw: Buffer.from(CANARY) }))],
    ["a symbol", withKey((error) => Object.assign(error, { [Symbol("key")]: CANARY }))],
    ["a symbol's name", withKey((error) => Object.assign(error, { [Symbol(CANARY)]: 1 }))],
    [
      "a getter",
      withKey((error) =>
        Object.defineProperty(error, "key", { get: () => CANARY, enumerable: true }),
      ),
    ],
    [
      "a getter of its message",
      withKey((error) => Object.defineProperty(error, "message", { get: () => CANARY })),
    ],
    [
      "a hidden property",
      withKey((error) => Object.defineProperty(error, "key", { value: CANARY })),
    ],
    [
      "a function",
      withKey((error) =>
        Object.assign(error, { toJSON: () => CANARY, [inspect.custom]: () => CANARY }),
      ),
    ],
    ["a long chain of causes", deep(20)],
    ["a cause that is not an error", new Error("failed", { cause: { key: CANARY } })],
    [
      "an error of an AggregateError",
      new AggregateError([new Error(CANARY), CANARY, { CANARY }], CANARY),
    ],
    ["a value that is not an error", { config: CANARY }],
    ["text", CANARY],
    [
      "a custom class",
      new (class extends Error {
        key = CANARY;
        static held = CANARY;
      })(),
    ],
    ["a Proxy", new Proxy(new Error(CANARY), {})],
  ])("does not show the key that was in %s", (_where, thrown) => {
    const shown = copyForeignError(thrown, CANARY);
    expect(shown).toBeInstanceOf(Error);
    const everything = inspect(shown, { showHidden: true, depth: Infinity, getters: true });
    const words = `${everything} ${JSON.stringify(shown)} ${String(shown)} ${shown.stack}`;
    expect(words).not.toContain(CANARY);
  });

  test("is possible even for an error that cannot be read", () => {
    const hostile = new Proxy(new Error("x"), {
      get: () => {
        throw new Error(CANARY);
      },
    });
    expect(copyForeignError(hostile, CANARY)).toMatchObject({ name: "Error", message: "" });
  });
});
