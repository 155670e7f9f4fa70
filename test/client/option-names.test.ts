import { createPikzels, PikzelsInputError, toImageDataUrl } from "pikzels-client";
import { downloadTo } from "pikzels-client/node";
import { createRedisLimiter } from "pikzels-client/redis";
import { expect, test } from "vitest";
import { SAMPLES } from "../support/images.js";
import { CANARY, ID, json, stubClient, TEXT_BODY } from "../support/stub-fetch.js";

const { pikzels, requests } = stubClient([json({})]);
const ADDRESS = "https://cdn.example.com/1.png";

/** Everything that takes options, called with options that only JavaScript allows. */
const calls: Record<string, (options: object) => unknown> = {
  createPikzels: (options) => createPikzels({ apiKey: CANARY, ...options }),
  "A call": (options) => pikzels.thumbnails.fromText(TEXT_BODY, options),
  "A call of api": (options) =>
    pikzels.api.POST("/v2/thumbnail/text", { body: TEXT_BODY, ...options }),
  waitUntilReady: (options) => pikzels.pikzonalities.waitUntilReady(ID, options),
  download: (options) => pikzels.download(ADDRESS, options),
  downloadTo: (options) => downloadTo(ADDRESS, "1.png", options),
  toImageDataUrl: (options) => toImageDataUrl(SAMPLES["image/png"], options),
  createRedisLimiter: (options) =>
    createRedisLimiter({ redis: { eval: () => undefined } as never, ...options }),
};

async function errorOf(call: () => unknown): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    return error;
  }
}

test.each([
  ["createPikzels", "apikey", "apiKey"],
  ["createPikzels", "timeout", "timeoutMs"],
  ["createPikzels", "baseURL", "baseUrl"],
  ["A call", "maxRetrys", "maxRetries"],
  ["A call", "axSignal", "signal"],
  ["A call of api", "timeout", "timeoutMs"],
  ["A call of api", "bodySerialiser", "bodySerializer"],
  ["A call of api", "bdySeriializr", "bodySerializer"],
  ["waitUntilReady", "interval", "intervalMs"],
  ["download", "maxbytes", "maxBytes"],
  ["downloadTo", "onprogress", "onProgress"],
  ["toImageDataUrl", "mediatype", "mediaType"],
  ["createRedisLimiter", "limits", "limit"],
])("%s refuses the unknown option %s and names %s", async (of, unknown, known) => {
  const error = await errorOf(() => calls[of]?.({ [unknown]: 1 }));
  expect(error).toBeInstanceOf(PikzelsInputError);
  expect(error).toMatchObject({
    message: `${of} has no option ${unknown}: did you mean ${known}? Nothing was sent.`,
  });
  expect(requests).toHaveLength(0);
});

test.each(Object.keys(calls))("%s lists its options if no known one is near", async (of) => {
  const error = await errorOf(() => calls[of]?.({ somethingElse: 1 }));
  expect(error).toMatchObject({
    name: "PikzelsInputError",
    message: expect.stringMatching(/ has no option somethingElse: it has \w+/) as string,
  });
});

const MS = "a number of milliseconds above 0";
const SIGNAL = "an AbortSignal (controller.signal)";
const LIMITER = "a whole number from 1 on, or a limiter with an acquire function";

test.each<[string, string, unknown, string]>([
  ["createPikzels", "timeoutMs", "60000", MS],
  ["createPikzels", "maxRetries", true, "a whole number from 0 on"],
  ["createPikzels", "fetch", {}, "a function"],
  ["createPikzels", "concurrency", null, LIMITER],
  ["createPikzels", "concurrency", {}, LIMITER],
  ["createPikzels", "onEvent", "log", "a function"],
  ["createPikzels", "dangerouslyAllowBrowser", "yes", "true or false"],
  ["A call", "signal", {}, SIGNAL],
  ["A call", "timeoutMs", null, MS],
  ["waitUntilReady", "signal", "now", SIGNAL],
  ["waitUntilReady", "onProgress", {}, "a function"],
  ["download", "signal", 7, SIGNAL],
  ["download", "timeoutMs", "1000", MS],
  ["download", "maxBytes", Infinity, "a whole number from 1 on"],
  ["downloadTo", "fetch", true, "a function"],
  ["createRedisLimiter", "redis", "redis://localhost", "a connection of ioredis"],
  ["createRedisLimiter", "leaseMs", "30000", "a number of milliseconds"],
  ["createRedisLimiter", "onEvent", true, "a function"],
  ["A call of api", "timeoutMs", "60000", MS],
  ["A call of api", "maxRetries", -1, "a whole number from 0 on"],
  ["A call of api", "signal", {}, SIGNAL],
  ["A call of api", "signal", "now", SIGNAL],
  ["A call of api", "signal", { aborted: false, addEventListener: () => undefined }, SIGNAL],
  ["A call of api", "parseAs", "xml", "json, text, blob, arrayBuffer, stream"],
  ["A call of api", "parseAs", null, "json, text, blob, arrayBuffer, stream"],
  ["A call of api", "middleware", {}, "an array"],
  ["A call of api", "baseUrl", 7, "an address"],
  ["A call of api", "baseUrl", "here", "an address"],
  ["A call of api", "querySerializer", "a=b", "a function"],
  ["A call of api", "querySerializer", null, "a function"],
  ["A call of api", "bodySerializer", 7, "a function"],
  ["A call of api", "pathSerializer", null, "a function"],
  ["A call of api", "headers", 7, "an object, pairs or Headers"],
])("%s refuses a wrong %s before anything is sent: %j", async (of, name, value, wanted) => {
  const error = await errorOf(() => calls[of]?.({ [name]: value }));
  expect(error).toBeInstanceOf(PikzelsInputError);
  expect((error as Error).message).toContain(`${name} must be ${wanted}`);
  expect(requests).toHaveLength(0);
});

test("createPikzels refuses a limiter whose pause is no function", () => {
  const concurrency = { acquire: () => Promise.resolve({ release: () => undefined }), pause: 7 };
  expect(() => createPikzels({ apiKey: CANARY, concurrency: concurrency as never })).toThrow(
    "concurrency.pause must be a function, not 7.",
  );
});

test("a call of api refuses a fetch of its own, which would bypass the key and the limits", async () => {
  const fetch = () => Promise.resolve(json({}));
  const error = await errorOf(() => calls["A call of api"]?.({ fetch }));
  expect(error).toBeInstanceOf(PikzelsInputError);
  expect((error as Error).message).toContain("has no option fetch");
  expect(requests).toHaveLength(0);
});

test.each<[string, unknown]>([
  ["timeoutMs", Infinity],
  ["maxRetries", 0],
  ["signal", null],
  ["headers", null],
  ["headers", []],
  ["parseAs", "text"],
  ["middleware", []],
  ["baseUrl", "https://accepted.example.com"],
  ["querySerializer", { array: { style: "form", explode: false } }],
  ["querySerializer", () => "a=b"],
  ["bodySerializer", JSON.stringify],
  ["pathSerializer", (path: string) => path],
  // Options of a `Request`.
  ["cache", "no-store"],
  ["credentials", "omit"],
  ["keepalive", true],
  ["redirect", "error"],
])("a call of api accepts %s: %o", async (name, value) => {
  const { pikzels, requests } = stubClient([json({})], { baseUrl: "https://accepted.example.com" });
  await pikzels.api.POST("/v2/thumbnail/text", { body: TEXT_BODY, [name]: value });
  expect(requests).toHaveLength(1);
});

test.each([7, "text", null, [], true])(
  "a call of api refuses options that are %j",
  async (options) => {
    const error = await errorOf(() => pikzels.api.GET("/v2/pikzonality/{id}", options as never));
    expect(error).toMatchObject({
      name: "PikzelsInputError",
      message: expect.stringContaining("takes an object of options") as string,
    });
  },
);

test.each([undefined, null, 7, Symbol("GET")])("api refuses the HTTP method %o", async (method) => {
  const error = await errorOf(() => pikzels.api.request(method as never, "/v3/newer"));
  expect(error).toBeInstanceOf(PikzelsInputError);
  expect((error as Error).message).toMatch(/^The HTTP method must be text, not /);
  expect(requests).toHaveLength(0);
});

test("a call of api refuses an invalid path", async () => {
  for (const path of [
    undefined,
    7,
    "",
    "__proto__",
    "@elsewhere.example/a",
    "https://a.example/",
  ]) {
    const error = await errorOf(() => pikzels.api.GET(path as never));
    expect(error).toBeInstanceOf(PikzelsInputError);
  }
  expect(requests).toHaveLength(0);
});

test.each([
  [null, "null"],
  [true, "true"],
  [-1, "-1"],
  [[], "an array"],
  [{}, "an object"],
  ["a secret", "a string"],
  [() => 1, "a function"],
])("a wrong value of an option is described without text from it: %j as %s", (value, words) => {
  const make = () => createPikzels({ apiKey: CANARY, timeoutMs: value as never });
  expect(make).toThrow(new RegExp(`^timeoutMs must be .*, not ${words}\\. Nothing was sent\\.$`));
});
