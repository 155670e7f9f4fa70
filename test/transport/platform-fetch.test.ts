import { text } from "node:stream/consumers";
import { createPikzels } from "pikzels-client";
import { afterEach, describe, expect, it, vi } from "vitest";
import { serve } from "../support/loopback.js";
import { pretendPlatform } from "../support/platform.js";
import { ID, json, TEXT_BODY, THUMBNAIL } from "../support/stub-fetch.js";

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("the fetch of the platform", () => {
  it.each([
    ["error", "Node 20", { undici: "6.24.1" }, undefined],
    ["error", "Node 22", { undici: "6.28.1" }, "Node.js/22"],
    ["manual", "Bun", { bun: "1.4.5" }, "Bun/1.4.5"],
    ["manual", "a Worker that imitates Node", { undici: "6.24.1" }, "Cloudflare-Workers"],
    ["manual", "one that says nothing of itself", undefined, undefined],
  ])("is told that a redirect is to be: %s, on %s", async (redirect, _who, versions, userAgent) => {
    const asked = globalFetch(() => Promise.resolve(json(THUMBNAIL)));
    pretendPlatform(versions, userAgent);

    await client().thumbnails.fromText(TEXT_BODY);

    expect(asked).toHaveBeenCalledWith(expect.any(String), expect.objectContaining({ redirect }));
  });

  it.each([
    ["a process", { process: undefined }],
    ["a name in navigator", { process: { versions: { undici: "6.24.1" } }, navigator: {} }],
  ])("is not taken for Node's without %s", async (_what, globals) => {
    const answer = json(THUMBNAIL);
    const asked = globalFetch(() => Promise.resolve(answer));
    const { thumbnails } = client();
    for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);

    const call = thumbnails.fromText(TEXT_BODY);
    await vi.waitFor(() => {
      expect(asked.mock.lastCall?.[1]).toMatchObject({ redirect: "manual" });
    });
    vi.unstubAllGlobals();
    await call;
  });

  it("is asked for a redirect's answer where there is no body to keep", async () => {
    const asked = globalFetch(() => Promise.resolve(json({})));

    await client().pikzonalities.get(ID);

    expect(asked.mock.lastCall?.[1]).toMatchObject({ redirect: "manual" });
  });

  it("may give a redirect as an answer all the same, where somebody has replaced it", async () => {
    globalFetch(() => Promise.resolve(new Response(null, { status: 302 })));

    await expect(client().thumbnails.fromText(TEXT_BODY)).rejects.toMatchObject({
      name: "PikzelsUnexpectedResponseError",
      status: 302,
    });
  });

  it("takes a 421 for the answer, though Node's would send the request once more", async () => {
    const bodies: string[] = [];
    const { url } = await serve((request, response) => {
      text(request).then(
        (body) => {
          bodies.push(body);
          response.writeHead(421).end();
        },
        // Node hangs up on the second one before it is whole.
        () => undefined,
      );
    });
    const pikzels = createPikzels({ apiKey: "pkz_test", baseUrl: url, maxRetries: 0 });

    await expect(pikzels.thumbnails.fromText(TEXT_BODY)).rejects.toMatchObject({
      name: "PikzelsUnexpectedResponseError",
      status: 421,
      outcome: "rejected",
    });
    expect(bodies).toEqual([JSON.stringify(TEXT_BODY)]);
  });

  it.each([
    ["another failure", new TypeError("fetch failed", { cause: new Error("other side closed") })],
    ["one without a cause", new TypeError("fetch failed")],
    ["what is no error", "unexpected redirect"],
    ["nothing at all", undefined],
  ])("%s is not taken for a redirect", async (_what, failure) => {
    vi.stubGlobal("fetch", vi.fn().mockRejectedValue(failure));

    await expect(client().thumbnails.fromText(TEXT_BODY)).rejects.toMatchObject({
      name: "PikzelsConnectionError",
      outcome: "unknown",
    });
  });
});

function client() {
  return createPikzels({ apiKey: "pkz_test", baseUrl: "https://api.example" });
}

function globalFetch(answer: () => Promise<Response>) {
  const fetch = vi.fn<typeof globalThis.fetch>(answer);
  vi.stubGlobal("fetch", fetch);
  return fetch;
}
