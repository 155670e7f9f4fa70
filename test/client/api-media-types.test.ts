import { getEventListeners } from "node:events";
import { PikzelsFileError } from "pikzels-client";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type * as client from "pikzels-client";
import type { OperationFacts } from "../../src/generated/operations.js";

/** Operations of kinds that the sample API does not have. */
const operations: Record<string, OperationFacts> = {
  upload: {
    method: "POST",
    path: "/files",
    name: "files.create",
    body: { mediaType: "multipart/form-data", required: true },
  },
  note: {
    method: "POST",
    path: "/note",
    name: "notes.create",
    body: { mediaType: "text/plain" },
    answer: "text",
  },
  latest: { method: "GET", path: "/files/latest", name: "files.latest", answer: "text" },
  read: { method: "GET", path: "/files/{id}", name: "files.get", answer: "binary" },
  watch: { method: "GET", path: "/events.json", name: "events.watch", answer: "stream" },
};

interface Sent {
  url: string;
  body: unknown;
  type: string | undefined;
}
type Call = (path: string, options?: object) => Promise<{ data?: unknown }>;

let createPikzels: typeof client.createPikzels;
beforeAll(async () => {
  vi.resetModules();
  vi.doMock("../../src/generated/operations.js", () => ({ operations }));
  ({ createPikzels } = await import("pikzels-client"));
});
// Other tests may run in the same thread.
afterAll(() => {
  vi.doMock(
    "../../src/generated/operations.js",
    () => import("../sample-api/generated/operations.js"),
  );
  vi.resetModules();
});

/** `api` of a service that always answers with the same text, and what it received. */
function apiOf(text: string) {
  const sent: Sent[] = [];
  const { api } = createPikzels({
    apiKey: "pkz_media_0123456789",
    baseUrl: "https://media.example.com",
    fetch: (url, { body, headers }) => {
      sent.push({ url, body, type: headers["content-type"] });
      return Promise.resolve(new Response(text, { headers: { "content-type": "text/plain" } }));
    },
  });
  return { api: api as unknown as Record<"GET" | "POST", Call>, sent };
}

describe("api writes a body as its operation takes it:", () => {
  test("a form, whose boundary the platform sets", async () => {
    const { api, sent } = apiOf("{}");
    await api.POST("/files", { body: { file: new Blob(["a"]), about: "b" } });
    const form = await new Response(sent[0]?.body as Blob).formData();
    expect(form.get("about")).toBe("b");
    expect(await (form.get("file") as File).text()).toBe("a");
    expect(sent[0]?.type ?? "").not.toContain("undefined");
  });

  test("a text, in the operation's media type or the caller's", async () => {
    const { api, sent } = apiOf("thanks");
    expect(await api.POST("/note", { body: "a" })).toMatchObject({ data: "thanks" });
    await api.POST("/note", { body: "a", headers: { "Content-Type": "text/markdown" } });
    expect(sent.map(({ type }) => type)).toEqual(["text/plain", "text/markdown"]);
    expect(sent[0]?.body).toBe("a");
  });

  test("nothing at all, without a media type", async () => {
    const { api, sent } = apiOf("thanks");
    await api.POST("/note");
    expect(sent[0]).toMatchObject({ body: undefined, type: undefined });
  });
});

describe("api reads an answer as its operation gives it:", () => {
  test("a Blob, and a text for the longer path", async () => {
    const { api } = apiOf("pixels");
    const { data } = await api.GET("/files/{id}", { params: { path: { id: "1" } } });
    expect(await (data as Blob).text()).toBe("pixels");
    expect(await api.GET("/files/latest")).toMatchObject({ data: "pixels" });
  });

  test("a stream, of the operation with exactly that path", async () => {
    const { api } = apiOf('"1"');
    const { data } = await api.GET("/events.json");
    expect(await new Response(data as ReadableStream).text()).toBe('"1"');
    expect(await api.GET("/eventsXjson")).toMatchObject({ data: "1" });
  });
});

test("an abort ends a stream of api, whose signal has a listener until then", async () => {
  const begun = new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode("data: 1\n"));
    },
  });
  const fetch = () => Promise.resolve(new Response(begun));
  const { api } = createPikzels({ apiKey: "pkz_media_0123456789", fetch });
  const controller = new AbortController();
  const { signal } = controller;
  const { data } = await (api as unknown as Record<"GET", Call>).GET("/events.json", { signal });
  const reader = (data as ReadableStream<Uint8Array>).getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe("data: 1\n");
  expect(getEventListeners(signal, "abort")).toHaveLength(1);
  const ended = expect(reader.read()).rejects.toBe("enough");
  controller.abort("enough");
  await ended;
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});

test("a stream of api that has ended leaves no listener on the signal", async () => {
  const { api } = apiOf("data: 1\n");
  const { signal } = new AbortController();
  const { data } = await api.GET("/events.json", { signal });
  expect(await new Response(data as ReadableStream).text()).toBe("data: 1\n");
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});

test("a PikzelsFileError is known by its name", () => {
  const error = new PikzelsFileError("full", { path: "a.png", outcome: "not-sent" } as never);
  expect(error).toMatchObject({ name: "PikzelsFileError", path: "a.png", message: "full" });
});
