import { getEventListeners } from "node:events";
import { PikzelsInputError, PikzelsUnexpectedResponseError } from "pikzels-client";
import { describe, expect, test } from "vitest";
import {
  CANARY,
  ID,
  json,
  refusal,
  stubClient,
  TEXT_BODY,
  unanswered,
} from "../support/stub-fetch.js";
import type { Pikzels } from "../support/client.js";

const params = { path: { id: ID } };
const METHODS = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH"] as const;

interface Reply {
  data?: unknown;
  error?: unknown;
  response: Response;
}
type AnyCall = (...given: unknown[]) => Promise<Reply>;

/** `api` as JavaScript callers see it: any method, any path. */
const untyped = ({ api }: Pikzels) => api as unknown as Record<string, AnyCall>;

describe("api has every method of openapi-fetch", () => {
  test("and nothing else", () => {
    const { pikzels } = stubClient([json({})]);
    const others = ["TRACE", "request", "use", "eject"];
    expect(Object.keys(pikzels.api).sort()).toEqual([...METHODS, ...others].sort());
  });

  test.each(METHODS)("and %s sends such a request", async (method) => {
    const { pikzels, requests } = stubClient([json({})]);
    await untyped(pikzels)[method]?.("/v3/newer");
    await untyped(pikzels)["request"]?.(method.toLowerCase(), "/v3/newer");
    expect(requests.map(({ init }) => init.method)).toEqual([method, method]);
  });
});

describe("a request with api", () => {
  test("carries the caller's headers and the key, and nothing else", async () => {
    const { pikzels, requests } = stubClient([json({})]);
    await pikzels.api.GET("/v2/pikzonality/{id}", { params, headers: { "x-trace": "7" } });
    expect(requests[0]?.init).toMatchObject({ method: "GET", redirect: "manual" });
    expect(requests[0]?.init).not.toHaveProperty("body");
    expect(requests[0]?.init.headers).toEqual({
      accept: "application/json",
      "user-agent": expect.stringMatching(/^pikzels-client\//) as string,
      "x-api-key": CANARY,
      "x-trace": "7",
    });
  });

  test.each<[string, HeadersInit]>([
    ["pairs", [["x-trace", "7"]]],
    ["a Map", new Map([["x-trace", "7"]]) as never],
    ["Headers of another realm", { [Symbol.iterator]: () => [["x-trace", "7"]].values() } as never],
  ])("carries headers given as %s", async (_how, headers) => {
    const { pikzels, requests } = stubClient([json({})]);
    await pikzels.api.GET("/v2/pikzonality/{id}", { params, headers });
    await pikzels.api.GET("/v3/newer", { headers });
    for (const { init } of requests) expect(init.headers).toHaveProperty("x-trace", "7");
    expect(requests).toHaveLength(2);
  });

  test.each<[string, HeadersInit]>([
    ["a name", { "x trace": "7" }],
    ["a value", { "x-trace": "a\nb" }],
    ["a value among pairs", [["x-trace", "a\0b"]]],
  ])("with malformed headers, %s, is refused without quoting them", async (_what, headers) => {
    const { pikzels, requests } = stubClient([json({})]);
    for (const path of ["/v2/pikzonality/{id}", "/v3/newer/{id}"]) {
      await expect(pikzels.api.GET(path, { params, headers })).rejects.toMatchObject({
        name: "PikzelsInputError",
        message: "The headers option has a malformed name or value. Nothing was sent.",
      });
    }
    expect(requests).toHaveLength(0);
  });

  test("whose bodySerializer does not write JSON for an operation that takes it is refused", async () => {
    const { pikzels, requests } = stubClient([json({})]);
    const bodySerializer = () => "{";
    const headers = { "content-type": "application/json" };
    const call = pikzels.api.POST("/v2/thumbnail/text", {
      body: TEXT_BODY,
      bodySerializer,
      headers,
    });
    await expect(call).rejects.toMatchObject({
      name: "PikzelsInputError",
      message: "The request body is not valid JSON. Nothing was sent.",
      cause: { name: "SyntaxError" },
    });
    expect(requests).toHaveLength(0);
  });

  test.each(["/v2/pikzonality/{id}", "/v3/newer/{id}"])(
    "to %s without an id is refused",
    async (path) => {
      const { pikzels, requests } = stubClient([json({})]);
      for (const params of [undefined, {}, { path: undefined }, { path: null }, { path: {} }]) {
        const call = pikzels.api.GET(path, { ...(params && { params }) });
        await expect(call).rejects.toBeInstanceOf(PikzelsInputError);
      }
      expect(requests).toHaveLength(0);
    },
  );

  test("keeps the content type of its body", async () => {
    const { pikzels, requests } = stubClient([json({})]);
    await untyped(pikzels)["POST"]?.("/v3/newer", {
      body: "a=1",
      bodySerializer: (text: string) => text,
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    expect(requests[0]?.init).toMatchObject({
      body: "a=1",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
  });

  test.each([
    ["/v2/pikzonality/style", false],
    ["/v3/pikzonality/style", true],
    ["/v2/pikzonality/style/more", true],
    ["/beta/v2/pikzonality/style", true],
  ])("to %s with an image missing is sent: %s", async (path, isSent) => {
    const { pikzels, requests } = stubClient([json({})]);
    const call = untyped(pikzels)["POST"]?.(path, { body: { name: "x" } });
    if (isSent) await call;
    else await expect(call).rejects.toBeInstanceOf(PikzelsInputError);
    expect(requests).toHaveLength(Number(isSent));
  });

  test("with another HTTP method is not checked against the operation", async () => {
    const { pikzels, requests } = stubClient([json({})]);
    await untyped(pikzels)["PUT"]?.("/v2/pikzonality/style", { body: { name: "x" } });
    expect(requests).toHaveLength(1);
  });

  test.each(["/v2/pikzonality/style", "/v3/newer"])(
    "to %s with a Map in its body is refused, since JSON would lose it",
    async (path) => {
      const { pikzels, requests } = stubClient([json({})]);
      const image_urls = Array<string>(3).fill("https://example.com/1.png");
      const body = { name: new Map([["a", 1]]), image_urls };
      const call = untyped(pikzels)["POST"]?.(path, { body });
      await expect(call).rejects.toBeInstanceOf(PikzelsInputError);
      expect(requests).toHaveLength(0);
    },
  );

  test("to an unknown path carries a form as it is, and fields as the content type says", async () => {
    const { pikzels, requests } = stubClient([json({})]);
    const form = new FormData();
    form.append("a", "b");
    await untyped(pikzels)["POST"]?.("/v3/newer", { body: form });
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    await untyped(pikzels)["POST"]?.("/v3/newer", { body: { a: "b" }, headers });
    expect(await (requests[0]?.init.body as Blob).text()).toContain('name="a"');
    expect(requests[1]?.init.body).toBe("a=b");
  });

  test.each([
    ["another host", "https://evil.example"],
    ["a host with the same beginning", "https://api.example.com.evil.example"],
  ])("never leaves for %s, and says so", async (_where, baseUrl) => {
    const options = { baseUrl: "https://api.example.com" };
    const { pikzels, requests } = stubClient([json({})], options);
    const call = pikzels.api.GET("/v2/pikzonality/{id}", { params, baseUrl });
    await expect(call).rejects.toThrow(/leave the origin/);
    expect(requests).toHaveLength(0);
  });
});

describe("a documented response is", () => {
  const page = () => new Response("<html>");

  test.each(["/v2/pikzonality/x", "/v2/pikzonality/x?fields=id"])(
    "JSON, for the known %s",
    async (path) => {
      const { pikzels } = stubClient([page()]);
      const call = untyped(pikzels)["GET"]?.(path);
      await expect(call).rejects.toBeInstanceOf(PikzelsUnexpectedResponseError);
    },
  );

  test.each(["/v2/pikzonality/x/y", "/v2/pikzonality", "/v3/pikzonality/x", "/v2/pikzonality/"])(
    "anything, for the unknown %s",
    async (path) => {
      const { pikzels } = stubClient([page()]);
      const reply = await untyped(pikzels)["GET"]?.(path, { parseAs: "text" });
      expect(reply?.data).toBe("<html>");
    },
  );

  // A browser reports a redirect as status 0.
  test.each([
    ["0", () => Response.error()],
    ["300", new Response("<html>", { status: 300 })],
  ])("not a redirect, even for an unknown path: %s", async (_status, answer) => {
    const { pikzels } = stubClient([answer]);
    const call = untyped(pikzels)["GET"]?.("/v3/newer", { parseAs: "text" });
    await expect(call).rejects.toThrow(/a redirect; not followed/);
  });

  test.each([204, 205])("a %i without a body", async (status) => {
    const { pikzels } = stubClient([new Response(null, { status })]);
    const reply = await untyped(pikzels)["DELETE"]?.("/v3/newer");
    expect(reply?.response.status).toBe(status);
    expect(reply?.response.body).toBeNull();
  });

  test("a refusal for an unknown path, as for a known one", async () => {
    const { pikzels } = stubClient([refusal(404, "NOT_FOUND")]);
    const reply = await untyped(pikzels)["GET"]?.("/v3/newer");
    expect(reply?.error).toMatchObject({ error: { code: "NOT_FOUND" } });
  });

  test("complete with its headers, except those about the framing of the body", async () => {
    const headers = {
      "content-language": "en",
      "x-content-length": "7",
      "content-encoding-hint": "none",
      "x-echo": CANARY,
      "content-length": "2",
    };
    const { pikzels } = stubClient([json({}, { headers })]);
    const { response } = await pikzels.api.GET("/v2/pikzonality/{id}", { params });
    expect(Object.fromEntries(response.headers)).toEqual({
      "content-language": "en",
      "content-type": expect.stringContaining("text/plain") as string,
      "x-content-length": "7",
      "content-encoding-hint": "none",
      "x-echo": "[the API key]",
    });
  });
});

describe("the signal of a call", () => {
  test("sends nothing if it has already aborted", async () => {
    const { pikzels, requests } = stubClient([json({})]);
    const reason = new Error("gone");
    const signal = AbortSignal.abort(reason);
    const call = pikzels.api.GET("/v2/pikzonality/{id}", { params, signal });
    await expect(call).rejects.toBe(reason);
    expect(requests).toHaveLength(0);
  });

  test("is followed wherever it is passed: an abort ends the call with its reason", async () => {
    const { pikzels } = stubClient([unanswered]);
    const reason = new Error("enough");
    for (const call of [
      (signal: AbortSignal) => pikzels.api.GET("/v2/pikzonality/{id}", { params, signal }),
      (signal: AbortSignal) =>
        pikzels.api.request("get", "/v2/pikzonality/{id}", { params, signal }),
    ]) {
      const controller = new AbortController();
      const ended = expect(call(controller.signal)).rejects.toBe(reason);
      await new Promise(setImmediate);
      controller.abort(reason);
      await ended;
    }
  });

  test.each([
    ["GET", "/v2/pikzonality/{id}"],
    ["request", "get", "/v2/pikzonality/{id}"],
  ])("has one listener while %s is under way, none after it", async (name, ...path) => {
    const { signal } = new AbortController();
    let during: number | undefined;
    const answer = () => {
      during = getEventListeners(signal, "abort").length;
      return json({ id: ID });
    };
    const { pikzels } = stubClient([answer]);
    const reply = await untyped(pikzels)[name]?.(...path, { params, signal });
    expect(reply?.data).toEqual({ id: ID });
    expect(during).toBe(1);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("may be missing", async () => {
    const { pikzels, requests } = stubClient([json({})]);
    await pikzels.api.POST("/v2/thumbnail/text", { body: TEXT_BODY, signal: null });
    expect(requests).toHaveLength(1);
  });
});
