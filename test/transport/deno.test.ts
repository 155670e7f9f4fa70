import { afterEach, expect, test, vi } from "vitest";
import { globalFetch, type FetchInit } from "../../src/transport/fetch.js";

/**
 * A stand-in for Deno: the options of its `fetch`, and its HTTP clients. `npm run test:consumers`
 * uses the real one.
 */
function stubDeno(respond: () => Promise<Response>) {
  const close = vi.fn();
  const createHttpClient = vi.fn(() => ({ close }));
  const fetch = vi.fn(respond);
  vi.stubGlobal("Deno", { createHttpClient });
  vi.stubGlobal("fetch", fetch);
  return { close, createHttpClient, fetch };
}

const { signal } = new AbortController();
const init = (method: string): FetchInit => ({
  method,
  headers: {},
  body: "{}",
  redirect: "manual",
  signal,
});

afterEach(() => {
  vi.unstubAllGlobals();
});

const failure = new TypeError("error sending request");

test.each([
  ["answered", () => Promise.resolve(new Response("{}"))],
  ["failed", () => Promise.reject(failure)],
])(
  "Deno sends a POST with a client without idle connections, closed when it is %s",
  async (end, respond) => {
    const { close, createHttpClient, fetch } = stubDeno(respond);
    const sent = globalFetch("https://a.example", init("POST"));
    if (end === "failed") await expect(sent).rejects.toBe(failure);
    else expect((await sent).status).toBe(200);

    expect(createHttpClient).toHaveBeenCalledExactlyOnceWith({ poolMaxIdlePerHost: 0 });
    const client: unknown = createHttpClient.mock.results[0]?.value;
    const options = { ...init("POST"), client };
    expect(fetch).toHaveBeenCalledExactlyOnceWith("https://a.example", options);
    expect(close).toHaveBeenCalledOnce();
  },
);

test("Deno sends repeatable requests over kept-alive connections", async () => {
  const { createHttpClient, fetch } = stubDeno(() => Promise.resolve(new Response("{}")));
  await globalFetch("https://a.example", init("GET"));
  expect(createHttpClient).not.toHaveBeenCalled();
  expect(fetch).toHaveBeenCalledExactlyOnceWith("https://a.example", init("GET"));
});
