import { createPikzels, PikzelsInputError, toImageDataUrl } from "pikzels-client";
import { downloadTo } from "pikzels-client/node";
import { createRedisLimiter } from "pikzels-client/redis";
import { expect, test } from "vitest";
import { SAMPLES } from "../support/images.js";
import { CANARY, ID, json, stubClient, TEXT_BODY } from "../support/stub-fetch.js";

const { pikzels, requests } = stubClient([json({})]);
const ADDRESS = "https://cdn.example.com/1.png";

/** Everything that takes options, called with ones that only JavaScript lets through. */
const calls: Record<string, (options: object) => unknown> = {
  createPikzels: (options) => createPikzels({ apiKey: CANARY, ...options }),
  "A call": (options) => pikzels.thumbnails.fromText(TEXT_BODY, options),
  waitUntilReady: (options) => pikzels.pikzonalities.waitUntilReady(ID, options),
  download: (options) => pikzels.download(ADDRESS, options),
  downloadTo: (options) => downloadTo(ADDRESS, "1.png", options),
  toImageDataUrl: (options) => toImageDataUrl(SAMPLES["image/png"], options),
  createRedisLimiter: (options) => createRedisLimiter({ redis: {} as never, ...options }),
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

test.each<[string, string, unknown]>([
  ["createPikzels", "timeoutMs", "60000"],
  ["createPikzels", "maxRetries", true],
  ["createPikzels", "fetch", {}],
  ["createPikzels", "concurrency", null],
  ["createPikzels", "onEvent", "log"],
  ["createPikzels", "dangerouslyAllowBrowser", "yes"],
  ["A call", "signal", {}],
  ["A call", "timeoutMs", null],
  ["waitUntilReady", "signal", "now"],
  ["waitUntilReady", "onProgress", {}],
  ["download", "signal", 7],
  ["download", "timeoutMs", "1000"],
  ["download", "maxBytes", Infinity],
  ["downloadTo", "fetch", true],
  ["createRedisLimiter", "redis", "redis://localhost"],
  ["createRedisLimiter", "leaseMs", "30000"],
  ["createRedisLimiter", "onEvent", true],
])("%s refuses a wrong %s: %j", async (of, name, value) => {
  const error = await errorOf(() => calls[of]?.({ [name]: value }));
  expect(error).toMatchObject({
    name: "PikzelsInputError",
    message: expect.stringMatching(new RegExp(`^${name} must be `)) as string,
  });
  expect(requests).toHaveLength(0);
});
