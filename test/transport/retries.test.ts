import { PikzelsConnectionError, PikzelsInputError, type PikzelsEvent } from "pikzels-client";
import { describe, expect, test, vi } from "vitest";
import { mayRetry, outcomeOf, surelyDidNothing } from "../../src/transport/retry.js";
import { controlClock } from "../support/controlled-clock.js";
import {
  ID,
  json,
  networkError,
  refusal,
  stubClient,
  TEXT_BODY,
  THUMBNAIL,
} from "../support/stub-fetch.js";
import { errorCodes, isPikzelsApiError } from "../support/client.js";

controlClock(0.5);

/** Lets a call run to its end on the fake clock; returns what it resolved or rejected with. */
async function finished<Result>(call: Promise<Result>): Promise<unknown> {
  const settled = call.catch((error: unknown) => error);
  await vi.runAllTimersAsync();
  return settled;
}

describe("a POST is sent again only if it surely did nothing", () => {
  test.each([
    ["a limit", refusal(429, "TOO_MANY_REQUESTS")],
    ["a limit of a proxy that answers in HTML", new Response("<h1>Slow</h1>", { status: 429 })],
    ["maintenance", refusal(503, "SERVICE_UNDER_MAINTENANCE")],
    ["a refused connection", networkError("ECONNREFUSED", "connect")],
    ["an unknown host", networkError("ENOTFOUND", "getaddrinfo")],
    ["a connection that timed out", networkError("UND_ERR_CONNECT_TIMEOUT")],
    ["an untrusted certificate", networkError("DEPTH_ZERO_SELF_SIGNED_CERT")],
  ])("again after %s", async (_why, failure) => {
    const { pikzels, requests } = stubClient([failure, failure, json(THUMBNAIL)]);
    expect(await finished(pikzels.thumbnails.fromText(TEXT_BODY))).toEqual(THUMBNAIL);
    expect(requests).toHaveLength(3);
  });

  test.each([
    ["a reset connection", networkError("ECONNRESET")],
    ["a connection closed by the other side", networkError("UND_ERR_SOCKET")],
    ["a timeout that may have happened after sending", networkError("ETIMEDOUT")],
    ["an error without any code", new TypeError("fetch failed")],
    ["an internal error", refusal(500, "INTERNAL_ERROR")],
    ["a failed generation", refusal(500, "GENERATION_FAILED")],
    ["another 503", refusal(503, "CONFLICT")],
    ["a 503 of a proxy", new Response("busy", { status: 503 })],
    ["a bad gateway", new Response("", { status: 502 })],
    ["a generation that took too long", refusal(504, "GENERATION_TIMEOUT")],
    ["a refusal", refusal(402, "INSUFFICIENT_CREDITS")],
  ])("not again after %s", async (_why, failure) => {
    const { pikzels, requests } = stubClient([failure, json(THUMBNAIL)]);
    expect(await finished(pikzels.thumbnails.fromText(TEXT_BODY))).toMatchObject({ attempts: 1 });
    expect(requests).toHaveLength(1);
  });
});

test("what a POST is sent again after is never unknown, whatever codes the spec lists", async () => {
  vi.resetModules();
  vi.doMock("../../src/generated/errors.js", () => ({ errorCatalog: {}, errorCodes: [] }));
  const { outcomeOf, surelyDidNothing } = await import("../../src/transport/retry.js");
  const { PikzelsApiError } = await import("../../src/wrappers/errors/api-error.js");
  for (const code of [...errorCodes, "NEVER_PUBLISHED"]) {
    for (const status of [400, 408, 409, 421, 429, 500, 502, 503, 504]) {
      const outcome = outcomeOf(status, code);
      const error = new PikzelsApiError("", { code, status, outcome });
      if (surelyDidNothing(error)) expect(outcome, `${status} ${code}`).toBe("rejected");
    }
  }
  vi.doMock("../../src/generated/errors.js", () => import("../sample-api/generated/errors.js"));
  vi.resetModules();
});

describe("a failure's status and code decide what became of the request:", () => {
  test.each<[number, string | undefined, string]>([
    [429, undefined, "rejected"],
    [429, "INTERNAL_ERROR", "rejected"],
    [503, "SERVICE_UNDER_MAINTENANCE", "rejected"],
    [500, "SERVICE_UNDER_MAINTENANCE", "unknown"],
    [504, "SERVICE_UNDER_MAINTENANCE", "unknown"],
    [503, undefined, "unknown"],
    [503, "NEVER_PUBLISHED", "unknown"],
    [500, "GENERATION_FAILED", "rejected"],
    [200, "GENERATION_FAILED", "rejected"],
    [500, "INTERNAL_ERROR", "unknown"],
    [400, "INTERNAL_ERROR", "unknown"],
    [399, undefined, "unknown"],
    [400, undefined, "rejected"],
    [499, "NEVER_PUBLISHED", "rejected"],
    [500, undefined, "unknown"],
  ])("%i %s: %s", (status, code, outcome) => {
    expect(outcomeOf(status, code)).toBe(outcome);
  });
});

describe("a request is not sent again after", () => {
  const foreign = Object.assign(new Error("x"), { outcome: "not-sent", status: 429 });
  test.each<[string, unknown]>([
    ["an error that is not ours, whatever it looks like", foreign],
    ["wrong input", new PikzelsInputError("x")],
    ["nothing at all", undefined],
  ])("%s", (_what, error) => {
    for (const method of ["GET", "POST"]) expect(mayRetry(method, error)).toBe(false);
    expect(surelyDidNothing(error)).toBe(error instanceof PikzelsInputError);
  });
});

describe("other methods are also sent again after network errors and 5xx", () => {
  const failures = [
    ["a reset connection", networkError("ECONNRESET")],
    ["an internal error", refusal(500, "INTERNAL_ERROR")],
    ["an empty bad gateway", new Response("", { status: 502 })],
  ] as const;

  test.each(failures)("GET: %s", async (_why, failure) => {
    const { pikzels, requests } = stubClient([failure, failure, json({ id: ID })]);
    expect(await finished(pikzels.pikzonalities.get(ID))).toEqual({ id: ID });
    expect(requests).toHaveLength(3);
  });

  test.each(failures)("PATCH: %s", async (_why, failure) => {
    const { pikzels, requests } = stubClient([failure, json({ id: ID })]);
    expect(await finished(pikzels.pikzonalities.update(ID, {}))).toEqual({ id: ID });
    expect(requests).toHaveLength(2);
  });

  test("but not after a refusal", async () => {
    const { pikzels, requests } = stubClient([refusal(404, "NOT_FOUND")]);
    const error = await finished(pikzels.pikzonalities.get(ID));
    expect(isPikzelsApiError(error, "NOT_FOUND")).toBe(true);
    expect(requests).toHaveLength(1);
  });
});

describe("of requests newer than this package, only repeatable ones are sent again", () => {
  test.each([
    ["PUT", 2],
    ["HEAD", 2],
    ["OPTIONS", 2],
    ["POST", 1],
    ["FORGET", 1],
    ["GETS", 1],
  ])("a %s is sent %d times if its connection broke", async (method, times) => {
    const { pikzels, requests } = stubClient([networkError("ECONNRESET"), json({})]);
    await finished(pikzels.api.request(method, "/v3/newer"));
    expect(requests.map(({ init }) => init.method)).toEqual(Array(times).fill(method));
  });
});

describe("a DELETE whose earlier attempt may have succeeded", () => {
  test.each([
    ["its connection broke", networkError("ECONNRESET")],
    ["it met a 5xx", new Response("", { status: 502 })],
  ])("counts NOT_FOUND as success: %s", async (_why, failure) => {
    const { pikzels } = stubClient([failure, refusal(404, "NOT_FOUND")]);
    expect(await finished(pikzels.pikzonalities.delete(ID))).toEqual({
      message: "Deleted by an earlier attempt of this call",
    });
  });

  test.each([
    ["never left", networkError("ECONNREFUSED", "connect")],
    ["met a limit", refusal(429, "TOO_MANY_REQUESTS")],
  ])("does not if the attempt surely did nothing: %s", async (_why, failure) => {
    const { pikzels } = stubClient([failure, refusal(404, "NOT_FOUND")]);
    const error = await finished(pikzels.pikzonalities.delete(ID));
    expect(error).toMatchObject({ code: "NOT_FOUND", attempts: 2 });
  });

  test.each([
    ["another refusal stays a failure", refusal(409, "CANNOT_DELETE_PROCESSING"), "delete"],
    ["of a GET, NOT_FOUND is a failure", refusal(404, "NOT_FOUND"), "get"],
  ] as const)("counts nothing else: %s", async (_what, answer, method) => {
    const { pikzels } = stubClient([networkError("ECONNRESET"), answer]);
    const call: Promise<unknown> = pikzels.pikzonalities[method](ID);
    expect(await finished(call)).toMatchObject({ attempts: 2 });
  });

  test("is remembered across a retry that surely did nothing", async () => {
    const limited = refusal(429, "TOO_MANY_REQUESTS");
    const script = [networkError("ECONNRESET"), limited, refusal(404, "NOT_FOUND")];
    const { pikzels } = stubClient(script);
    expect(await finished(pikzels.pikzonalities.delete(ID))).toHaveProperty("message");
  });

  test("is reported the same through api", async () => {
    const { pikzels } = stubClient([networkError("ECONNRESET"), refusal(404, "NOT_FOUND")]);
    const params = { path: { id: ID } };
    const reply = await finished(pikzels.api.DELETE("/v2/pikzonality/{id}", { params }));
    expect(reply).toMatchObject({ data: { message: /Deleted/ }, response: { status: 200 } });
  });
});

describe("the number of retries", () => {
  test("is two by default, followed by the last error with all attempts counted", async () => {
    const { pikzels, requests } = stubClient([networkError("ECONNRESET")]);
    const error = await finished(pikzels.pikzonalities.get(ID));
    expect(error).toBeInstanceOf(PikzelsConnectionError);
    expect(error).toMatchObject({ attempts: 3, outcome: "unknown" });
    expect(requests).toHaveLength(3);
  });

  test.each([
    ["the client", { maxRetries: 0 }, {}],
    ["the call", {}, { maxRetries: 0 }],
  ])("is none with maxRetries: 0 of %s: exactly one request", async (_whose, client, call) => {
    const { pikzels, requests } = stubClient([refusal(429, "TOO_MANY_REQUESTS")], client);
    await finished(pikzels.pikzonalities.get(ID, call));
    expect(requests).toHaveLength(1);
  });

  test("does not change an outcome that an earlier attempt left unknown", async () => {
    const { pikzels } = stubClient([networkError("ECONNRESET"), refusal(400, "CONFLICT")]);
    expect(await finished(pikzels.pikzonalities.update(ID, {}))).toMatchObject({
      code: "CONFLICT",
      outcome: "unknown",
    });
  });
});

describe("the wait before a retry", () => {
  const delays = (events: PikzelsEvent[]) =>
    events.flatMap((event) => (event.type === "retry" ? [event.delayMs] : []));

  test("doubles, with full jitter", async () => {
    const events: PikzelsEvent[] = [];
    const onEvent = (event: PikzelsEvent) => events.push(event);
    const { pikzels } = stubClient([refusal(429, "TOO_MANY_REQUESTS")], { onEvent, maxRetries: 6 });
    await finished(pikzels.thumbnails.fromText(TEXT_BODY));
    expect(delays(events)).toEqual([250, 500, 1000, 2000, 4000, 4000]);
  });

  test.each([
    ["seconds", "7", 7000],
    ["a date", "Mon, 01 Jan 2035 00:00:30 GMT", 30_000],
    ["a date in the past", "Mon, 01 Jan 2001 00:00:00 GMT", 0],
    ["none at all", "soon", 250],
    ["a negative number", "-5", 250],
    ["a fraction", "1.5", 250],
    ["a date in another format", "2035-01-01T00:00:30Z", 250],
    ["a number in another notation", "1e1", 250],
    ["as long as the cap", "60", 60_000],
    ["nothing", "", 250],
  ])("honours Retry-After: %s", async (_what, value, expected) => {
    vi.setSystemTime("2035-01-01T00:00:00Z");
    const events: PikzelsEvent[] = [];
    const onEvent = (event: PikzelsEvent) => events.push(event);
    const limited = refusal(429, "TOO_MANY_REQUESTS", { "retry-after": value });
    const { pikzels } = stubClient([limited, json(THUMBNAIL)], { onEvent });
    expect(await finished(pikzels.thumbnails.fromText(TEXT_BODY))).toEqual(THUMBNAIL);
    expect(delays(events)).toEqual([expected]);
  });

  test.each([
    ["three days", `${3 * 86_400}`, 3 * 86_400_000],
    ["just over the cap", "61", 61_000],
    ["more than a number can hold", "9".repeat(400), Infinity],
  ])(
    "beyond the cap fails the call at once, with the time in retryAfterMs: %s",
    async (_what, value, expected) => {
      const limited = refusal(429, "TOO_MANY_REQUESTS", { "retry-after": value });
      const { pikzels, requests } = stubClient([limited]);
      const error = await pikzels.thumbnails.fromText(TEXT_BODY).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: "TOO_MANY_REQUESTS", retryAfterMs: expected });
      expect(requests).toHaveLength(1);
    },
  );

  test("has a configurable cap", async () => {
    const limited = refusal(429, "TOO_MANY_REQUESTS", { "retry-after": "90" });
    const options = { maxRetryAfterMs: 100_000 };
    const { pikzels, requests } = stubClient([limited, json(THUMBNAIL)], options);
    expect(await finished(pikzels.thumbnails.fromText(TEXT_BODY))).toEqual(THUMBNAIL);
    expect(requests).toHaveLength(2);
  });

  test.each([20_000, 30_000])(
    "does not start if the deadline comes first: %d ms",
    async (timeoutMs) => {
      const limited = refusal(429, "TOO_MANY_REQUESTS", { "retry-after": "30" });
      const { pikzels } = stubClient([limited], { timeoutMs });
      const error = await pikzels.thumbnails.fromText(TEXT_BODY).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: "TOO_MANY_REQUESTS", retryAfterMs: 30_000 });
    },
  );
});
