import { text } from "node:stream/consumers";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  BodyUnreadError,
  globalFetch,
  type FetchInit,
  type RequestBody,
} from "../../src/transport/fetch.js";
import { serve } from "../support/loopback.js";

afterEach(() => {
  vi.unstubAllGlobals();
});

const init = (body?: RequestBody, headers: Record<string, string> = {}): FetchInit => ({
  method: "POST",
  headers,
  ...(body !== undefined && { body }),
  redirect: "manual",
  signal: new AbortController().signal,
});

/** Answers with the request's content type, its length, and its body. */
const echo = () =>
  serve((request, response) => {
    const { "content-type": type, "content-length": length } = request.headers;
    void text(request).then((body) => response.end(JSON.stringify([type, length, body])));
  });

describe("a POST with Node's own fetch", () => {
  const plain = "text/plain;charset=UTF-8";
  test.each<[string, RequestBody, (string | undefined)[]]>([
    ["text", "é", [plain, "2", "é"]],
    ["an empty text", "", [plain, "0", ""]],
    ["an empty Blob", new Blob([]), [undefined, "0", ""]],
    ["a Blob with a type", new Blob(["ab"], { type: "image/png" }), ["image/png", "2", "ab"]],
    ["a Blob without a type", new Blob(["ab"]), [undefined, "2", "ab"]],
    ["bytes", Uint8Array.of(97, 98).buffer, [undefined, "2", "ab"]],
    [
      "search parameters",
      new URLSearchParams({ a: "b" }),
      ["application/x-www-form-urlencoded;charset=UTF-8", "3", "a=b"],
    ],
  ])("sends %s whole, with its length and its media type", async (_what, body, arrived) => {
    const { url } = await echo();
    const sent = await globalFetch(url, init(body));
    expect(await sent.json()).toEqual(arrived.map((each) => each ?? null));
  });

  test("sends a form with the boundary that its parts have", async () => {
    const { url } = await echo();
    const form = new FormData();
    form.append("name", "Summit");
    const sent = await globalFetch(url, init(form));
    const [type, length, body] = (await sent.json()) as [string, string, string];
    const [, boundary] = /^multipart\/form-data; boundary=(.+)$/.exec(type) ?? [];
    expect(body).toContain(`${boundary}\r\nContent-Disposition: form-data; name="name"`);
    expect(length).toBe(String(body.length));
  });

  test("prefers the caller's media type", async () => {
    const { url } = await echo();
    const sent = await globalFetch(url, init("{}", { "content-type": "application/json" }));
    expect(await sent.json()).toEqual(["application/json", "2", "{}"]);
  });

  test("may have no body", async () => {
    const { url } = await echo();
    const sent = await globalFetch(url, init());
    expect(await sent.json()).toEqual([null, "0", ""]);
  });

  test("that fails before its body is read says so, with the platform's error as its cause", async () => {
    // A port that no fetch connects to: https://fetch.spec.whatwg.org/#port-blocking
    const sent = globalFetch("http://127.0.0.1:9", init("{}"));
    await expect(sent).rejects.toBeInstanceOf(BodyUnreadError);
    await expect(sent).rejects.toMatchObject({ cause: { message: "fetch failed" } });
  });

  test("that fails after its body was read rejects with the platform's error", async () => {
    const { url } = await serve((request) => {
      request.resume().on("end", () => request.socket.destroy());
    });
    const error: unknown = await globalFetch(url, init("{}")).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: "TypeError", message: "fetch failed" });
  });

  test("that is aborted before its body is read rejects with the reason of the abort", async () => {
    const reason = new Error("enough");
    const signal = AbortSignal.abort(reason);
    await expect(globalFetch("http://127.0.0.1:1", { ...init("{}"), signal })).rejects.toBe(reason);
  });
});

test.each(["POST", "GET"])(
  "a fetch that a test or a tracer has put in place gets the request as it is: %s",
  async (method) => {
    const fetch = vi.fn(() => Promise.resolve(new Response("{}")));
    vi.stubGlobal("fetch", fetch);
    const given = { ...init("{}"), method };
    await globalFetch("https://a.example", given);
    expect(fetch).toHaveBeenCalledExactlyOnceWith("https://a.example", given);
  },
);

test("on a platform that imitates Node the request is passed on as it is", async () => {
  vi.stubGlobal("navigator", { userAgent: "Bun/1.3.0" });
  const { url } = await echo();
  const sent = await globalFetch(url, init("{}"));
  expect(await sent.json()).toEqual(["text/plain;charset=UTF-8", "2", "{}"]);
});
