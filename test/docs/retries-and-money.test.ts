import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { controlClock } from "../support/controlled-clock.js";
import {
  ID,
  json,
  networkError,
  refusal,
  stalled,
  stubClient,
  unanswered,
} from "../support/stub-fetch.js";
import { root } from "./snippets.js";
import { type Pikzels, errorCatalog } from "../support/client.js";

type Steps = Parameters<typeof stubClient>[0];

type Calls = Record<"POST" | "GET" | "PATCH" | "DELETE", (pikzels: Pikzels) => Promise<unknown>>;
const methods = ["POST", "GET", "PATCH", "DELETE"] as const;

const calls: Calls = {
  POST: ({ titles }) => titles.fromText({ prompt: "A week alone in the Arctic" }),
  GET: ({ pikzonalities }) => pikzonalities.get(ID),
  PATCH: ({ pikzonalities }) => pikzonalities.update(ID, { special_instructions: null }),
  DELETE: ({ pikzonalities }) => pikzonalities.delete(ID),
};

/** Invalid calls of the same operations, which the client refuses. */
const wrongCalls: Calls = {
  // @ts-expect-error: neither an address nor an image
  POST: ({ thumbnails }) => thumbnails.score({ title: "A week alone" }),
  GET: ({ pikzonalities }) => pikzonalities.get(".."),
  PATCH: ({ pikzonalities }) => pikzonalities.update("", { special_instructions: null }),
  DELETE: ({ pikzonalities }) => pikzonalities.delete("a/b/../.."),
};

const codesWith = (isMeant: (status: number, code: string) => boolean): Steps =>
  Object.entries(errorCatalog).flatMap(([code, { status }]) =>
    status !== undefined && isMeant(status, code) ? [refusal(status, code)] : [],
  );
const pages = (...statuses: number[]): Steps =>
  statuses.map((status) => new Response("<h1>No</h1>", { status }));

/** The failures that each row of the table is about, by the text of its first column. */
const failures = new Map<string, Steps>([
  [
    "the connection was never made",
    [
      networkError("ECONNREFUSED", "connect"),
      networkError("ENOTFOUND", "getaddrinfo"),
      networkError("UND_ERR_CONNECT_TIMEOUT"),
    ],
  ],
  ["429", [...codesWith((status) => status === 429), ...pages(429)]],
  ["503 `SERVICE_UNDER_MAINTENANCE`", [refusal(503, "SERVICE_UNDER_MAINTENANCE")]],
  [
    "the connection broke, or the time was up, after the request had left",
    [networkError("ECONNRESET"), networkError("UND_ERR_SOCKET"), unanswered, stalled()],
  ],
  [
    "another 5xx",
    [
      ...codesWith((status, code) => status >= 500 && code !== "SERVICE_UNDER_MAINTENANCE"),
      ...pages(500, 502, 503, 504),
    ],
  ],
  [
    "any other refusal (400, 401, 402, 404, …)",
    [
      ...codesWith((status) => status < 500 && status !== 429),
      ...pages(400, 401, 402, 404, 409, 422),
    ],
  ],
]);

const guide = await readFile(join(root, "docs/retries-and-money.md"), "utf8");
const [, afterHead = ""] = guide.split(/^\| what happened.*\n\|[- |]+\n/m);
const [table = ""] = afterHead.split("\n\n");
const rows = table
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim().replaceAll("**", "")))
  .map(([, what = "", post = "", others = ""]) => ({ what, post, others }));

controlClock();

/** Calls with a failure of the first request, and returns the result in the words of the table. */
async function becameOf(call: (pikzels: Pikzels) => Promise<unknown>, script: Steps) {
  const { pikzels, requests } = stubClient(script, { attemptTimeoutMs: 1000 });
  const settled = Promise.allSettled([call(pikzels)]);
  await vi.runAllTimersAsync();
  const [{ status }] = await settled;
  const words = ["never sent", "not again", "sent again"][requests.length];
  return { words, status };
}

test("the table of retries has a row for everything that can happen", () => {
  expect(rows.map(({ what }) => what)).toEqual([
    ...failures.keys(),
    "an input that the client itself refuses",
  ]);
});

describe.for(rows)("$what", ({ what, post, others }) => {
  test.for(methods)("%s", async (method) => {
    const words = method === "POST" ? post : others;
    const steps = failures.get(what);
    if (!steps) {
      const refused = await becameOf(wrongCalls[method], [json({})]);
      expect(refused).toEqual({ words, status: "rejected" });
      return;
    }
    expect(steps).not.toEqual([]);
    for (const step of steps) {
      const became = await becameOf(calls[method], [step, json({ id: ID })]);
      expect(became).toEqual({
        words,
        status: words === "sent again" ? "fulfilled" : "rejected",
      });
    }
  });
});
