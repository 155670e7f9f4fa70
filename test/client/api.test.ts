import { PikzelsConnectionError, PikzelsUnexpectedResponseError } from "pikzels-client";
import { describe, expect, test, vi } from "vitest";
import {
  CANARY,
  ID,
  json,
  networkError,
  refusal,
  stubClient,
  TEXT_BODY,
  THUMBNAIL,
  unanswered,
} from "../support/stub-fetch.js";

const params = { path: { id: ID } };

describe("api returns what the service answered", () => {
  test("data", async () => {
    const { pikzels, requests } = stubClient([
      json(THUMBNAIL, { headers: { "x-request-id": ID } }),
    ]);
    const { data, error, response } = await pikzels.api.POST("/v2/thumbnail/text", {
      body: TEXT_BODY,
    });
    expect(data).toEqual(THUMBNAIL);
    expect(error).toBeUndefined();
    expect(response.status).toBe(200);
    expect(response.headers.get("x-request-id")).toBe(ID);
    expect(requests[0]?.init).toMatchObject({
      method: "POST",
      body: JSON.stringify(TEXT_BODY),
      redirect: "manual",
      headers: { "x-api-key": CANARY, "content-type": "application/json" },
    });
  });

  test("a documented error, with its response", async () => {
    const { pikzels } = stubClient([refusal(409, "NAME_ALREADY_EXISTS")]);
    const { data, error, response } = await pikzels.api.GET("/v2/pikzonality/{id}", { params });
    expect(data).toBeUndefined();
    expect(error).toHaveProperty("error.code", "NAME_ALREADY_EXISTS");
    expect(response.status).toBe(409);
  });
});

describe("api rejects an undocumented response, so that it never looks like a success", () => {
  test.each([
    ["an empty 502", new Response("", { status: 502 })],
    [
      "an empty 502 with Content-Length: 0",
      new Response("", { status: 502, headers: { "content-length": "0" } }),
    ],
    ["HTML with 200", new Response("<html>")],
    ["nothing with 200", new Response("")],
  ])("%s", async (_what, answer) => {
    const { pikzels } = stubClient([answer], { maxRetries: 0 });
    const call = pikzels.api.GET("/v2/pikzonality/{id}", { params });
    await expect(call).rejects.toBeInstanceOf(PikzelsUnexpectedResponseError);
  });

  test("a failed connection", async () => {
    const { pikzels } = stubClient([networkError("ECONNRESET")]);
    const call = pikzels.api.POST("/v2/thumbnail/text", { body: TEXT_BODY });
    await expect(call).rejects.toBeInstanceOf(PikzelsConnectionError);
  });
});

describe("api uses the same transport", () => {
  test("with retries, and limits of one call beside its body", async () => {
    vi.useFakeTimers();
    const limited = refusal(429, "TOO_MANY_REQUESTS");
    const { pikzels, requests } = stubClient([limited, json(THUMBNAIL)]);
    const call = pikzels.api.POST("/v2/thumbnail/text", { body: TEXT_BODY });
    await vi.runAllTimersAsync();
    expect((await call).response.status).toBe(200);
    expect(requests).toHaveLength(2);

    const once = stubClient([limited]);
    const body = TEXT_BODY;
    const { response } = await once.pikzels.api.POST("/v2/thumbnail/text", { body, maxRetries: 0 });
    expect(response.status).toBe(429);
    expect(once.requests).toHaveLength(1);

    const slow = stubClient([unanswered]);
    const late = slow.pikzels.api.POST("/v2/thumbnail/text", { body, timeoutMs: 1000 });
    const refused = expect(late).rejects.toMatchObject({ name: "PikzelsTimeoutError" });
    await vi.advanceTimersByTimeAsync(1000);
    await refused;
    vi.useRealTimers();
  });

  test("an abort rejects with its reason", async () => {
    const { pikzels } = stubClient([unanswered]);
    const controller = new AbortController();
    const reason = new Error("enough");
    const { signal } = controller;
    const call = pikzels.api.GET("/v2/pikzonality/{id}", { params, signal });
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
  });
});

describe("paths that are newer than the package", () => {
  test("work, with any response body", async () => {
    const bytes = Uint8Array.of(0, 255, 128, 7);
    const { pikzels, requests } = stubClient([new Response(bytes)]);
    const { data } = await pikzels.api.GET("/v3/thumbnail/raw?size=2", {
      params,
      parseAs: "arrayBuffer",
    });
    expect(new Uint8Array(data as ArrayBuffer)).toEqual(bytes);
    expect(requests[0]?.url).toMatch(/\/v3\/thumbnail\/raw\?size=2$/);
  });

  test.each<[string, Response, unknown]>([
    ["JSON", json({ id: ID }), { id: ID }],
    ["JSON that is no object", json([1]), [1]],
    ["text", new Response(`done ${CANARY}`), "done [the API key]"],
    ["a page", new Response("<html>", { headers: { "content-type": "text/html" } }), "<html>"],
    ["nothing", new Response(""), undefined],
  ])("answer with %s, which is the data whatever it is", async (_what, answer, expected) => {
    const { pikzels } = stubClient([answer]);
    for (const options of [{}, { parseAs: "json" }]) {
      const { data, response } = await pikzels.api.POST("/v3/newer", options);
      expect(data).toEqual(expected);
      expect(response.status).toBe(200);
    }
  });

  test("answer with bytes, which are a Blob", async () => {
    const bytes = Uint8Array.of(0x89, 0x50, 0xff);
    const { pikzels } = stubClient([
      new Response(bytes, { headers: { "content-type": "image/png" } }),
    ]);
    const { data } = await pikzels.api.POST("/v3/newer");
    expect(data).toMatchObject({ type: "image/png", size: 3 });
  });

  test("answer with an error of the same form", async () => {
    const { pikzels } = stubClient([refusal(409, "CONFLICT")]);
    const { data, error } = await pikzels.api.POST("/v3/newer");
    expect(data).toBeUndefined();
    expect(error).toHaveProperty("error.code", "CONFLICT");
  });

  test("may answer without a body", async () => {
    const { pikzels } = stubClient([new Response(null, { status: 204 })]);
    const { response } = await pikzels.api.DELETE("/v3/x", { params });
    expect(response.status).toBe(204);
  });

  test("do not resend a POST of api if it may have done something", async () => {
    const { pikzels, requests } = stubClient([networkError("ECONNRESET")]);
    const call = pikzels.api.POST("/v3/x", { body: { prompt: "x" } });
    await expect(call).rejects.toMatchObject({ outcome: "unknown" });
    expect(requests).toHaveLength(1);
  });

  test("drop the headers about the framing of a body once it is read", async () => {
    const headers = { "content-length": "999", "content-encoding": "gzip" };
    const { pikzels } = stubClient([json({ id: ID }, { headers })]);
    const { data, response } = await pikzels.api.GET("/v2/pikzonality/{id}", { params });
    expect(data).toEqual({ id: ID });
    expect([...response.headers.keys()]).toEqual(["content-type"]);
  });
});

describe("the middleware of openapi-fetch", () => {
  const seen = (into: string[], name: string) => ({
    onRequest: () => {
      into.push(name);
    },
  });

  test("sees every call from its `use` to its `can be ejected`, and no key", async () => {
    const { pikzels } = stubClient([json({ id: ID })]);
    const calls: string[] = [];
    const [first, second] = [seen(calls, "first"), seen(calls, "second")];
    let headers = "";
    const reads = {
      onRequest: ({ request }: { request: Request }) => {
        headers = JSON.stringify([...request.headers]);
      },
    };
    pikzels.api.use(first, second, reads);
    await pikzels.api.GET("/v2/pikzonality/{id}", { params });
    pikzels.api.eject(first);
    await pikzels.api.GET("/v2/pikzonality/{id}", { params });
    expect(calls).toEqual(["first", "second", "second"]);
    expect(headers).not.toContain(CANARY);
  });

  test("may replace the request, and the limits and the signal of the call still hold", async () => {
    const { pikzels, requests } = stubClient([refusal(429, "TOO_MANY_REQUESTS")]);
    const { api } = pikzels;
    api.use({
      onRequest: async ({ request }) =>
        new Request(request.url, {
          method: request.method,
          headers: request.headers,
          body: await request.text(),
        }),
    });
    const body = TEXT_BODY;
    const { response } = await api.POST("/v2/thumbnail/text", { body, maxRetries: 0 });
    expect(response.status).toBe(429);
    expect(requests).toHaveLength(1);

    const slow = stubClient([unanswered]).pikzels;
    slow.api.use({ onRequest: ({ request }) => new Request(request.url) });
    const controller = new AbortController();
    const { signal } = controller;
    const call = slow.api.GET("/v2/pikzonality/{id}", { params, signal });
    const ended = expect(call).rejects.toBe("enough");
    await new Promise(setImmediate);
    controller.abort("enough");
    await ended;
  });

  test("may end a call with a signal of its own", async () => {
    const { pikzels } = stubClient([unanswered]);
    const controller = new AbortController();
    const { signal } = controller;
    pikzels.api.use({ onRequest: ({ request }) => new Request(request, { signal }) });
    const ended = expect(pikzels.api.GET("/v2/pikzonality/{id}", { params })).rejects.toBe("late");
    await new Promise(setImmediate);
    controller.abort("late");
    await ended;
  });

  test("is refused at once if it has no hook", () => {
    const { api } = stubClient([json({ id: ID })]).pikzels;
    const use = () => {
      // @ts-expect-error -- no hook
      api.use({ onRequets: () => undefined });
    };
    expect(use).toThrow("Middleware");
  });
});
