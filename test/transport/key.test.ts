import { PikzelsInputError, PikzelsUnexpectedResponseError } from "pikzels-client";
import { inspect } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import { serve } from "../support/loopback.js";
import {
  CANARY,
  ID,
  json,
  networkError,
  refusal,
  stubClient,
  stubFetch,
  TEXT_BODY,
  THUMBNAIL,
} from "../support/stub-fetch.js";
import { createPikzels } from "../support/client.js";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

/** Everything that a log, a serializer or a debugger could get out of a value. */
function everythingIn(value: unknown, depth = 0): string {
  const shown = inspect(value, { depth: Infinity, showHidden: true, getters: true });
  const cause = value instanceof Error && depth < 5 ? everythingIn(value.cause, depth + 1) : "";
  const own = Object.getOwnPropertyNames(value ?? {}).map((name) =>
    String((value as Record<string, unknown>)[name]),
  );
  return [shown, JSON.stringify(value), String(value), ...own, cause].join("\n");
}

describe("the key appears only in its header", () => {
  test("not in the client", () => {
    const { pikzels } = stubClient([json(THUMBNAIL)]);
    expect(everythingIn(pikzels)).not.toContain(CANARY);
    expect(() => structuredClone(pikzels)).toThrow(DOMException);
  });

  test("in the header of every attempt", async () => {
    const { pikzels, requests } = stubClient([networkError("ENOTFOUND", "getaddrinfo"), json({})]);
    vi.useFakeTimers();
    const call = pikzels.thumbnails.fromText(TEXT_BODY);
    await vi.runAllTimersAsync();
    await call;
    vi.useRealTimers();
    expect(requests.map(({ init }) => init.headers["x-api-key"])).toEqual([CANARY, CANARY]);
  });

  test.each([
    ["an error's message", () => json({ error: { code: "CONFLICT", message: CANARY } })],
    ["an error's code", () => json({ error: { code: CANARY, message: "" } })],
    [
      "the details",
      () =>
        json({
          error: {
            code: "VALIDATION_ERROR",
            message: "",
            details: [{ field: CANARY, message: CANARY }],
          },
        }),
    ],
    ["an HTML page", () => new Response(`<pre>X-Api-Key: ${CANARY}</pre>`)],
    ["an HTML page right at the cut", () => new Response("x".repeat(190) + CANARY)],
    ["the request id", () => json({ error: { code: "CONFLICT" }, request_id: CANARY })],
  ])("not in an error whose response quotes it: %s", async (_where, answer) => {
    const quoting = async () =>
      new Response(await answer().text(), { status: 400, headers: { "x-request-id": CANARY } });
    const { pikzels } = stubClient([quoting]);
    const error = await pikzels.thumbnails.fromText(TEXT_BODY).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(everythingIn(error)).not.toContain(CANARY);
    const { error: body } = (await pikzels.api
      .GET("/v2/pikzonality/{id}", { params: { path: { id: ID } } })
      .catch(() => ({}))) as { error?: unknown };
    expect(everythingIn(body)).not.toContain(CANARY);
  });

  test("not in the excerpt of a success that quotes it", async () => {
    const { pikzels } = stubClient([new Response(`<pre>X-Api-Key: ${CANARY}</pre>`)]);
    const error = await pikzels.thumbnails.fromText(TEXT_BODY).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(PikzelsUnexpectedResponseError);
    expect(everythingIn(error)).not.toContain(CANARY);
  });

  test("not in an error of a fetch that attaches its request", async () => {
    const failing = (url: string, init: object) => {
      throw Object.assign(new TypeError(`failed: ${JSON.stringify(init)}`), {
        config: { url, init },
        cause: new Error(CANARY),
      });
    };
    const { pikzels } = stubClient([failing]);
    const error = await pikzels.thumbnails.fromText(TEXT_BODY).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: "PikzelsConnectionError", outcome: "unknown" });
    expect(everythingIn(error)).not.toContain(CANARY);
  });

  test("not in an error of a fetch that refuses to be looked at", async () => {
    const refuse = () => {
      throw new Error(CANARY);
    };
    const traps = { get: refuse, has: refuse, getPrototypeOf: refuse, ownKeys: refuse };
    const { pikzels } = stubClient([() => Promise.reject(new Proxy(new Error("x"), traps))]);
    const error = await pikzels.thumbnails.fromText(TEXT_BODY).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: "PikzelsConnectionError", outcome: "unknown" });
    expect(everythingIn(error)).not.toContain(CANARY);
  });

  test("not in events", async () => {
    const events: unknown[] = [];
    const quoting = refusal(429, "TOO_MANY_REQUESTS", {
      "x-request-id": CANARY,
      "retry-after": "0",
    });
    const { pikzels } = stubClient([quoting, json(THUMBNAIL)], {
      onEvent: (event) => events.push(event),
    });
    await pikzels.thumbnails.fromText(TEXT_BODY);
    expect(events.length).toBeGreaterThan(3);
    expect(everythingIn(events)).not.toContain(CANARY);
  });

  test("not in what a middleware of api sees", async () => {
    const { pikzels } = stubClient([json({ id: ID })]);
    const seen: string[] = [];
    pikzels.api.use({
      onRequest: ({ request }) => {
        seen.push(inspect([...request.headers]));
      },
    });
    await pikzels.api.GET("/v2/pikzonality/{id}", { params: { path: { id: ID } } });
    expect(seen).toHaveLength(1);
    expect(seen.join()).not.toContain(CANARY);
  });
});

describe("the key goes only to the configured origin", () => {
  test.each([301, 302, 303, 307, 308])("a %s is not followed", async (status) => {
    const visits: string[] = [];
    const elsewhere = await serve((request, response) => {
      visits.push(inspect(request.rawHeaders));
      response.end("{}");
    });
    for (const target of [`${elsewhere.url}/stolen`, "/same-origin"]) {
      const home = await serve((request, response) => {
        if (request.url === "/same-origin") visits.push("same origin");
        response.writeHead(status, { location: target }).end();
      });
      const pikzels = createPikzels({ apiKey: CANARY, baseUrl: home.url });
      for (const call of [
        () => pikzels.thumbnails.fromText(TEXT_BODY),
        () => pikzels.api.GET("/v2/pikzonality/{id}", { params: { path: { id: ID } } }),
      ]) {
        await expect(call()).rejects.toMatchObject({
          name: "PikzelsUnexpectedResponseError",
          status,
          message: expect.stringContaining("redirect") as string,
        });
      }
    }
    expect(visits).toEqual([]);
  });

  test.each([
    ["another base URL", "https://evil.example", "/v2/pikzonality/{id}"],
    ["a path that becomes part of the host", undefined, ".evil.example/x"],
  ])("api refuses %s", async (_what, baseUrl, path) => {
    const { pikzels, requests } = stubClient([json({})]);
    const call = pikzels.api.GET(path, {
      params: { path: { id: ID } },
      ...(baseUrl && { baseUrl }),
    });
    await expect(call).rejects.toBeInstanceOf(PikzelsInputError);
    expect(requests).toHaveLength(0);
  });

  test.each([
    "x-api-key",
    "X-API-KEY",
    "Authorization",
    "Host",
    "Content-Length",
    "Transfer-Encoding",
    "Cookie",
    "Proxy-Authorization",
    "Proxy-Anything",
    "Connection",
    "Expect",
    "TE",
    "Trailer",
    "Upgrade",
  ])("no caller can replace %s, in any form of headers", async (name) => {
    const { pikzels, requests } = stubClient([json({})]);
    const shapes: HeadersInit[] = [{ [name]: "stolen" }, [[name, "stolen"]]];
    shapes.push(new Headers(shapes[0]));
    for (const headers of shapes) {
      const message = expect.stringContaining(`header ${name.toLowerCase()} `) as string;
      const refused = { name: "PikzelsInputError", outcome: "not-sent", message };
      const params = { path: { id: ID } };
      for (const call of [
        pikzels.pikzonalities.get(ID, { headers }),
        pikzels.api.GET("/v2/pikzonality/{id}", { params, headers }),
        pikzels.api.GET("/v3/newer", { headers }),
      ]) {
        await expect(call).rejects.toMatchObject(refused);
      }
    }
    expect(requests).toHaveLength(0);
  });

  test.each([
    ["a line break in a value", { "x-trace": "a\r\nx-api-key: stolen" }],
    ["a bad name", { "x trace": "a" }],
    ["a control character", { "x-trace": "a\u0001" }],
    ["a delete", { "x-trace": "a\u007f" }],
    ["one among others", { "x-a": "a", "x-trace": "a\u001f", "x-z": "z" }],
  ])("malformed headers are refused without quoting them: %s", async (_what, headers) => {
    const { pikzels } = stubClient([json({})]);
    const error = await pikzels.pikzonalities.get(ID, { headers }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(PikzelsInputError);
    expect((error as Error).message).toMatch(/headers option .*malformed/);
    expect(everythingIn(error)).not.toContain("stolen");
  });

  test("headers with similar names are up to the caller", async () => {
    const { pikzels, requests } = stubClient([json({})]);
    const headers = { "x-x-api-key": "1", cookie2: "1", hosted: "1", tea: "1", "x-proxy-by": "1" };
    await pikzels.pikzonalities.get(ID, { headers: { ...headers, "x-tab": "a\tb" } });
    expect(requests[0]?.init.headers).toMatchObject({ ...headers, "x-tab": "a\tb" });
  });

  test("other headers are sent", async () => {
    const { pikzels, requests } = stubClient([json({})]);
    await pikzels.thumbnails.fromText(TEXT_BODY, { headers: { "X-Trace": "7" } });
    expect(requests[0]?.init.headers).toEqual({
      accept: "application/json",
      "user-agent": expect.stringMatching(/^pikzels-client\//) as string,
      "content-type": "application/json",
      "x-api-key": CANARY,
      "x-trace": "7",
    });
  });
});

describe("the API key", () => {
  test("comes from the environment by default", async () => {
    vi.stubEnv("PIKZELS_API_KEY", CANARY);
    const { fetch, requests } = stubFetch(json({}));
    await createPikzels({ fetch }).pikzonalities.get(ID);
    expect(requests[0]?.init.headers["x-api-key"]).toBe(CANARY);
  });

  test("may be a function that is called before each request, so that keys can rotate", async () => {
    let asked = 0;
    const apiKey = () => `pkz_${++asked}`;
    const { pikzels, requests } = stubClient([json({})], { apiKey });
    await pikzels.pikzonalities.get(ID);
    await pikzels.pikzonalities.get(ID);
    expect(requests.map(({ init }) => init.headers["x-api-key"])).toEqual(["pkz_1", "pkz_2"]);
  });

  test("is not in the copied error of a function that fails", async () => {
    const thrown = Object.assign(new Error(`no right to ${CANARY}`), { config: { key: CANARY } });
    const others = [CANARY, { CANARY }] as unknown as Error[];
    for (const reason of [thrown, ...others]) {
      const apiKey = () => Promise.reject(reason);
      const { pikzels } = stubClient([json({})], { apiKey });
      const error: unknown = await pikzels.pikzonalities.get(ID).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(PikzelsInputError);
      expect(everythingIn(error)).not.toContain(CANARY);
    }
  });

  test("may be a function; if that fails, nothing is sent", async () => {
    const cause = new Error("the vault is closed");
    const { pikzels, requests } = stubClient([json({})], { apiKey: () => Promise.reject(cause) });
    await expect(pikzels.pikzonalities.get(ID)).rejects.toMatchObject({
      name: "PikzelsInputError",
      message: expect.stringContaining("apiKey function") as string,
      cause,
    });
    expect(requests).toHaveLength(0);
  });

  test.each([
    "sk_wrong_prefix_secret",
    "pkz_",
    "pkz_secret with space",
    "pkz_secret\n",
    "pkz_secret\r\nX-Evil: 1",
    "pkz_sécret",
    " pkz_secret",
    "pkz_secret\u0000",
    42,
    {},
    ["pkz_secret"],
  ])("is refused at once without printing it if malformed: %j", async (apiKey) => {
    let error: unknown;
    try {
      createPikzels({ apiKey: apiKey as never });
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(PikzelsInputError);
    expect((error as Error).message).toMatch(/malformed.*pkz_/);
    expect(everythingIn(error)).not.toMatch(/secret|sécret/);
    const { pikzels } = stubClient([json({})], { apiKey: () => apiKey as never });
    const call = pikzels.pikzonalities.get(ID);
    await expect(call).rejects.toBeInstanceOf(PikzelsInputError);
    await expect(call).rejects.toThrow("what the apiKey function gave must start with");
  });

  test("is required: the error without one says what to do", () => {
    vi.stubEnv("PIKZELS_API_KEY", undefined);
    expect(() => createPikzels()).toThrow(
      "There is no API key: set PIKZELS_API_KEY, or pass apiKey.",
    );
  });

  test("is required: the error names an environment variable that is empty", () => {
    vi.stubEnv("PIKZELS_API_KEY", "");
    expect(() => createPikzels()).toThrow(
      /variable PIKZELS_API_KEY is empty; set PIKZELS_API_KEY, or/,
    );
    vi.stubEnv("PIKZELS_BASE_URL", "");
    expect(() => createPikzels({ apiKey: CANARY })).toThrow(/PIKZELS_BASE_URL is empty/);
  });

  test("is required on a platform that has no environment or denies access to it", () => {
    vi.stubGlobal("process", undefined);
    expect(() => createPikzels()).toThrow(PikzelsInputError);
    vi.stubGlobal("process", {
      get env() {
        throw new Error("permission denied");
      },
    });
    expect(() => createPikzels()).toThrow(PikzelsInputError);
  });
});
