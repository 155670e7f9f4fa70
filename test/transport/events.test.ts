import { inspect } from "node:util";
import type { Limiter, PikzelsEvent, PikzelsOptions } from "pikzels-client";
import { describe, expect, test, vi } from "vitest";
import { controlClock } from "../support/controlled-clock.js";
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

type Step = Parameters<typeof stubClient>[0][number];

controlClock(0.5);

test("the events of a call report its course, and nothing else", async () => {
  const events: PikzelsEvent[] = [];
  const limited = refusal(429, "TOO_MANY_REQUESTS", { "x-request-id": ID });
  const { pikzels } = stubClient([limited, json(THUMBNAIL)], {
    onEvent: (event) => events.push(event),
  });
  const call = pikzels.thumbnails.fromText(TEXT_BODY);
  await vi.runAllTimersAsync();
  await call;
  const same = { call: 1, method: "POST", path: "/v2/thumbnail/text" };
  const response = { ...same, type: "response", durationMs: 0 };
  expect(events).toEqual([
    { ...same, type: "request", attempt: 1 },
    { ...response, attempt: 1, status: 429, requestId: ID },
    { ...same, type: "retry", attempt: 1, delayMs: 250, reason: "TOO_MANY_REQUESTS" },
    { ...same, type: "request", attempt: 2 },
    { ...response, attempt: 2, status: 200, requestId: ID },
    { ...same, type: "success", attempt: 2, durationMs: 250 },
  ]);
});

test("events identify their call, and report a wait for a slot", async () => {
  const events: PikzelsEvent[] = [];
  const slow = () => new Promise<Response>((resolve) => setTimeout(resolve, 100, json({ id: ID })));
  const onEvent = (event: PikzelsEvent) => events.push(event);
  const { pikzels } = stubClient([slow], { onEvent, concurrency: 1 });
  const calls = [pikzels.pikzonalities.get(ID), pikzels.pikzonalities.get(ID)];
  await vi.runAllTimersAsync();
  await Promise.all(calls);
  expect(events.map(({ call, type }) => `${call} ${type}`)).toEqual([
    "1 request",
    "1 response",
    "1 success",
    "2 wait",
    "2 request",
    "2 response",
    "2 success",
  ]);
  expect(events[3]).toMatchObject({ attempt: 1, durationMs: 100 });
  expect(events[5]).toMatchObject({ durationMs: 100, requestId: undefined });
});

test("a retry event has the reason: the name of the error if the service gave no code", async () => {
  const events: PikzelsEvent[] = [];
  const onEvent = (event: PikzelsEvent) => events.push(event);
  const script = [networkError("ECONNRESET"), new Response("", { status: 502 }), json({ id: ID })];
  const { pikzels } = stubClient(script, { onEvent });
  const call = pikzels.pikzonalities.get(ID);
  await vi.runAllTimersAsync();
  await call;
  const reasons = events.flatMap((event) => (event.type === "retry" ? [event.reason] : []));
  expect(reasons).toEqual(["PikzelsConnectionError", "PikzelsUnexpectedResponseError"]);
});

test.each([
  ["an error code", refusal(400, "CONFLICT"), { reason: "CONFLICT", outcome: "rejected" }],
  [
    "a connection that broke",
    networkError("ECONNRESET"),
    { reason: "PikzelsConnectionError", outcome: "unknown" },
  ],
])("the last event of a failed call has its reason and outcome: %s", async (_what, step, end) => {
  const events: PikzelsEvent[] = [];
  const { pikzels } = stubClient([step], { onEvent: (event) => events.push(event) });
  await expect(pikzels.thumbnails.fromText(TEXT_BODY)).rejects.toThrow();
  expect(events.at(-1)).toMatchObject({ type: "failure", attempt: 1, ...end });
});

describe("an aborted call has a last event, with what became of its request:", () => {
  const events: PikzelsEvent[] = [];
  const onEvent = (event: PikzelsEvent) => events.push(event);
  const limited = refusal(429, "TOO_MANY_REQUESTS");
  const reset = networkError("ECONNRESET");
  const never: Limiter = { acquire: () => new Promise(() => undefined) };

  test.each<[string, Step[], PikzelsOptions, string]>([
    ["none was sent while it waited for a slot", [unanswered], { concurrency: never }, "not-sent"],
    ["one in flight may have been billed", [unanswered], {}, "unknown"],
    ["one that met a limit was rejected", [limited], {}, "rejected"],
    ["one in flight after a limit may have been billed", [limited, unanswered], {}, "unknown"],
    ["one whose connection broke may have had an effect", [reset, limited], {}, "unknown"],
  ])("%s", async (_what, script, options, outcome) => {
    const controller = new AbortController();
    const { pikzels } = stubClient(script, { onEvent, ...options });
    const call = pikzels.pikzonalities.update(ID, {}, { signal: controller.signal });
    const ended = expect(call).rejects.toThrow("the user has left");
    // Past the first delay, if there is a second request.
    await vi.advanceTimersByTimeAsync(script.length > 1 ? 250 : 0);
    controller.abort(new Error("the user has left"));
    await ended;
    expect(events.at(-1)).toMatchObject({ type: "failure", reason: "aborted", outcome });
  });
});

test.each([CANARY, "pkz_ab!canary-7f3a9c", "pkz_abcdefgh'canary-7f3a9c"])(
  "no event contains the query, and neither does an event or an error contain an id that is the key: %s",
  async (apiKey) => {
    const events: PikzelsEvent[] = [];
    const { pikzels } = stubClient([refusal(404, "NOT_FOUND")], {
      apiKey,
      onEvent: (event) => events.push(event),
    });
    for (const call of [pikzels.pikzonalities.get, pikzels.pikzonalities.waitUntilReady]) {
      const error: unknown = await call(apiKey).catch((error: unknown) => error);
      expect(events.splice(0).map(({ path }) => path)).toContain("/v2/pikzonality/[the API key]");
      expect(inspect(error)).not.toContain("canary");
    }
    const slow = stubClient([json({ status: "pending" })], { apiKey }).pikzels;
    const waiting = slow.pikzonalities.waitUntilReady(apiKey, { timeoutMs: 10 });
    const timedOut = waiting.catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(10);
    const error = await timedOut;
    expect(error).toMatchObject({ operation: { path: "/v2/pikzonality/[the API key]" } });
    expect(inspect(error)).not.toContain("canary");
  },
);

test.each([
  ["debug", ["request", "response", "retry", "request", "response", "success"]],
  ["info", ["retry", "success"]],
  ["verbose", []],
])("PIKZELS_LOG=%s prints events without key or prompt", async (level, types) => {
  vi.stubEnv("PIKZELS_LOG", level);
  const print = vi.spyOn(console, "error").mockReturnValue();
  const events: PikzelsEvent[] = [];
  const script = [refusal(429, "TOO_MANY_REQUESTS"), json(THUMBNAIL)];
  const { pikzels } = stubClient(script, { onEvent: (event) => events.push(event) });
  const call = pikzels.thumbnails.fromText(TEXT_BODY);
  await vi.runAllTimersAsync();
  await call;
  expect(events).toHaveLength(6);
  const lines = print.mock.calls.map((words) => words.join(" "));
  expect(lines.map((line) => line.split(" ")[4])).toEqual(types);
  for (const line of lines) expect(line).toMatch(/^pikzels-client #1\.[12] POST \/v2\/thumbnail/);
  expect(lines.join()).not.toMatch(new RegExp(`${CANARY}|${TEXT_BODY.prompt}`));
});

test("PIKZELS_LOG prints one line for an event, whatever the service says", async () => {
  vi.stubEnv("PIKZELS_LOG", "debug");
  const print = vi.spyOn(console, "error").mockReturnValue();
  const error = { code: "NO\nPE \u001b[31m", message: "no" };
  const events: PikzelsEvent[] = [];
  const { pikzels } = stubClient([json({ error, request_id: "1\n2" }, { status: 400 })], {
    onEvent: (event) => events.push(event),
  });
  const call = pikzels.thumbnails.fromText(TEXT_BODY);
  await expect(call).rejects.toMatchObject({ code: error.code, requestId: "1 2" });
  const lines = print.mock.calls.map((words) => words.join(" "));
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  for (const line of lines) expect(line).not.toMatch(/[\x00-\x1f]/);
  expect(lines.at(-1)).toContain("reason=NO PE [31m");
  expect(events).toContainEqual(expect.objectContaining({ type: "response", requestId: "1 2" }));
});

test("a wait of ten milliseconds or more is an event, with its attempt", async () => {
  const events: PikzelsEvent[] = [];
  const onEvent = (event: PikzelsEvent) => events.push(event);
  const waits = [9, 10];
  const acquire = () =>
    new Promise<{ release: () => void }>((resolve) => {
      setTimeout(resolve, waits.shift(), { release: () => undefined });
    });
  const limited = refusal(429, "TOO_MANY_REQUESTS", { "retry-after": "0" });
  const { pikzels } = stubClient([limited, json(THUMBNAIL)], {
    onEvent,
    concurrency: { acquire },
  });
  const call = pikzels.thumbnails.fromText(TEXT_BODY);
  await vi.runAllTimersAsync();
  await call;
  const told = events.filter(({ type }) => type === "wait");
  expect(told).toMatchObject([{ attempt: 2, durationMs: 10 }]);
});

test.each([
  () => {
    throw new Error("a broken log");
  },
  () => Promise.reject(new Error("a broken log")),
])("an onEvent that throws does not affect the call", async (onEvent) => {
  const { pikzels } = stubClient([json(THUMBNAIL)], { onEvent });
  await expect(pikzels.thumbnails.fromText(TEXT_BODY)).resolves.toEqual(THUMBNAIL);
});
