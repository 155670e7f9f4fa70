import { describe, expect, test } from "vitest";
import { codeOf, neverSent, withoutKey } from "../../src/transport/connection.js";
import { CANARY, networkError } from "../support/stub-fetch.js";

describe("whether a failed fetch never sent the request", () => {
  test.each([
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "UND_ERR_CONNECT_TIMEOUT",
    "ConnectionRefused",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "CERT_HAS_EXPIRED",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "ERR_TLS_CERT_ALTNAME_INVALID",
  ])("it did not: %s", (code) => {
    expect(neverSent(networkError(code))).toBe(true);
  });

  test.each(["connect", "getaddrinfo"])("it did not, as its %s failed", (syscall) => {
    expect(neverSent(networkError("ETIMEDOUT", syscall))).toBe(true);
  });

  test.each([
    "ECONNRESET",
    "EPIPE",
    "ETIMEDOUT",
    "UND_ERR_SOCKET",
    "UND_ERR_HEADERS_TIMEOUT",
    "NOT_ECONNREFUSED",
    "ECONNREFUSED_LATER",
    "ERR_BAD_CERT",
    "EAI_",
    "CERT_",
  ])("it may have: %s", (code) => {
    expect(neverSent(networkError(code))).toBe(false);
    expect(neverSent(networkError(code, "read"))).toBe(false);
  });

  test.each([undefined, null, "ECONNREFUSED", { code: "ECONNREFUSED" }, new Error("x")])(
    "it may have, where no error says so: %j",
    (thrown) => {
      expect(neverSent(thrown)).toBe(false);
    },
  );
});

describe("the code of a failed fetch", () => {
  test("is the innermost", () => {
    const inner = Object.assign(new Error("x"), { code: "ECONNRESET" });
    const outer = Object.assign(new TypeError("x", { cause: inner }), { code: "ERR_OUTER" });
    expect(codeOf(outer)).toBe("ECONNRESET");
    expect(codeOf(Object.assign(new Error("x", { cause: "why" }), { code: "ERR_X" }))).toBe(
      "ERR_X",
    );
  });

  test("is none where none reads like one", () => {
    for (const code of [undefined, 20, "", "E", "no code", "ERR SPACED", "eOther"]) {
      expect(codeOf(Object.assign(new Error("x"), { code }))).toBe("no reason given");
    }
    expect(codeOf("ECONNRESET")).toBe("no reason given");
  });

  test("is looked for five causes deep, and no deeper: causes can form a circle", () => {
    const nested = (depth: number): Error =>
      depth === 0
        ? Object.assign(new Error("x"), { code: "ECONNRESET" })
        : new Error("x", { cause: nested(depth - 1) });
    expect(codeOf(nested(4))).toBe("ECONNRESET");
    expect(codeOf(nested(5))).toBe("no reason given");
    const circle = new Error("x");
    circle.cause = circle;
    expect(codeOf(circle)).toBe("no reason given");
  });
});

describe("what is shown of the error of a fetch", () => {
  test("all of it, where it is harmless", () => {
    const error = networkError("ECONNRESET");
    Object.assign(error, { tries: 1, host: null, address: { port: 443 } });
    expect(withoutKey(error, CANARY)).toBe(error);
  });

  const quoting = (change: (error: Error) => object) => change(new Error("failed"));
  test.each([
    ["its message", new Error(`sent ${CANARY}`)],
    ["its stack", quoting((error) => Object.assign(error, { stack: `at ${CANARY}` }))],
    ["a property", quoting((error) => Object.assign(error, { headers: { key: CANARY } }))],
    ["its cause", new Error("failed", { cause: new Error(CANARY) })],
    ["an object of a class", quoting((error) => Object.assign(error, { request: new Headers() }))],
    ["a list", quoting((error) => Object.assign(error, { list: [1] }))],
    ["what is no error", { config: CANARY }],
    ["text", CANARY],
  ])("but for its code, nothing: the key may be in %s", (_where, thrown) => {
    const shown = withoutKey(thrown, CANARY);
    expect(shown).not.toBe(thrown);
    expect(shown).toBeInstanceOf(Error);
    expect(shown).toMatchObject({ code: "no reason given" });
    expect((shown as Error).message).toMatch(/may hold the key/);
    expect((shown as Error).cause).toBeUndefined();
  });

  test("its code is kept", () => {
    const error = Object.assign(new Error(CANARY), { code: "ECONNRESET" });
    expect(withoutKey(error, CANARY)).toMatchObject({ code: "ECONNRESET" });
  });

  test("nothing, where an object in it holds itself", () => {
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    const error = Object.assign(new Error("failed"), { circle });
    expect(withoutKey(error, CANARY)).not.toBe(error);
  });
});
