import { getEventListeners } from "node:events";
import { isPikzelsError } from "pikzels-client";
import { describe, expect, test, vi } from "vitest";
import { onFirstUse } from "../../src/wrappers/on-first-use.js";
import { CANARY, ID, json, stubFetch, TEXT_BODY, THUMBNAIL } from "../support/stub-fetch.js";

const READY = { status: "completed", portrait_url: "https://a.example/b.png", reference: [] };

test("importing this package and making a client loads nothing that only a call needs", async () => {
  vi.resetModules();
  const { createPikzels } = await import("pikzels-client");
  const { parts } = await import("../../src/wrappers/parts.js");
  const loaded = () => Object.entries(parts).flatMap(([name, part]) => (part.loaded ? [name] : []));
  const { fetch, requests } = stubFetch(json(THUMBNAIL), json({}), json(READY));
  const pikzels = createPikzels({ apiKey: CANARY, fetch });
  expect(loaded()).toEqual([]);

  // The first calls of all: sent in the order they were made, each with the body of that moment.
  const body = { ...TEXT_BODY, prompt: "first" };
  const calls = [pikzels.thumbnails.fromText(body), pikzels.titles.fromText({ prompt: "second" })];
  body.prompt = "changed";
  await Promise.all(calls);
  const prompts = requests.map(({ init }) => JSON.parse(init.body as string) as { prompt: string });
  expect(prompts).toMatchObject([{ prompt: "first" }, { prompt: "second" }]);
  expect(loaded()).toEqual(["transport"]);

  await pikzels.pikzonalities.waitUntilReady(ID);
  expect(loaded()).toEqual(["transport", "waiting"]);

  await pikzels.api.GET("/v2/pikzonality/{id}", { params: { path: { id: ID } } });
  expect(loaded()).toEqual(["transport", "api", "waiting"]);

  await expect(pikzels.download("no address")).rejects.toThrow("https");
  expect(loaded()).toEqual(["transport", "api", "download", "waiting"]);
});

describe("a part that is loaded on first use", () => {
  test("is loaded once, and is then there at once", async () => {
    const load = vi.fn(() => Promise.resolve("module"));
    const part = onFirstUse(load);
    const { signal } = new AbortController();
    expect(part.loaded).toBeUndefined();

    await expect(part.load(signal)).resolves.toBe("module");
    expect(getEventListeners(signal, "abort")).toEqual([]);
    await expect(part.load(AbortSignal.abort())).resolves.toBe("module");

    expect(part.loaded).toBe("module");
    expect(load).toHaveBeenCalledTimes(1);
  });

  test("that cannot be loaded fails the call as not sent, and the next one tries again", async () => {
    const cause = new TypeError("Failed to fetch dynamically imported module");
    const load = vi.fn().mockRejectedValueOnce(cause).mockResolvedValue("module");
    const part = onFirstUse<string>(load);

    const error = await part.load().catch((reason: unknown) => reason);

    expect(isPikzelsError(error)).toBe(true);
    expect(error).toMatchObject({ name: "PikzelsConnectionError", outcome: "not-sent", cause });
    expect((error as Error).message).toMatch(/could not be loaded\. Nothing was sent\. Check /);
    await expect(part.load()).resolves.toBe("module");
  });

  test("is not waited for once the call is aborted, and leaves nothing on the signal", async () => {
    const load = vi.fn(() => new Promise<string>(() => undefined));
    const controller = new AbortController();
    const reason = new Error("enough");
    const loading = onFirstUse(load).load(controller.signal);

    controller.abort(reason);

    await expect(loading).rejects.toBe(reason);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
    await expect(onFirstUse(load).load(controller.signal)).rejects.toBe(reason);
    expect(load).toHaveBeenCalledTimes(1);
  });
});
