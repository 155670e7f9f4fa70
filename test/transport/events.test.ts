import { type PikzelsEvent } from "pikzels-client";
import { expect, test, vi } from "vitest";
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

controlClock(0.5);

test("the events of a call tell its story, and nothing else", async () => {
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
  ]);
});

test("calls are told apart, and a wait for a place is told of", async () => {
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
    "2 wait",
    "2 request",
    "2 response",
  ]);
  expect(events[2]).toMatchObject({ attempt: 1, durationMs: 100 });
  expect(events[4]).toMatchObject({ durationMs: 100, requestId: undefined });
});

test("a retry says why: by the name of the error where the service gave no code", async () => {
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

test("a wait is told of from ten milliseconds on, with the attempt that it is for", async () => {
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
])("a hook that throws breaks no call", async (onEvent) => {
  const { pikzels } = stubClient([json(THUMBNAIL)], { onEvent });
  await expect(pikzels.thumbnails.fromText(TEXT_BODY)).resolves.toEqual(THUMBNAIL);
});
