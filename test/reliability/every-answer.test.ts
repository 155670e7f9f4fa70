import { PikzelsApiError, PikzelsError } from "pikzels-client";
import { startEmulator } from "pikzels-client/emulator";
import { operations, type OperationId } from "../sample-api/generated/operations.js";
import { describe, expect, test } from "vitest";
import {
  createPikzels,
  type Pikzels,
  errorCatalog,
  errorCodes,
  isPikzelsApiError,
} from "../support/client.js";

const image_url = "https://example.com/1.png";
const image_urls: [string, string, string] = [image_url, image_url, image_url];
const details = [{ field: "prompt", message: "is dull" }];

describe("every error code arrives as a typed error:", () => {
  test.each(errorCodes)("%s", async (code) => {
    await using emulator = await startEmulator();
    // Details are sent with every code: only the code that defines them may show them.
    emulator.provoke({ code, message: "Said so.", details });
    const { titles } = createPikzels({ apiKey: "pkz_a", baseUrl: emulator.url, maxRetries: 0 });

    const error: unknown = await titles.fromText({ prompt: "Arctic" }).catch((e: unknown) => e);

    expect(error).toBeInstanceOf(PikzelsApiError);
    expect(error).toBeInstanceOf(PikzelsError);
    if (!isPikzelsApiError(error, code)) throw new TypeError("the guard does not know it");
    const { status, meaning, action } = errorCatalog[code];
    expect(error).toMatchObject({ name: "PikzelsApiError", code, status, meaning, attempts: 1 });
    expect(error.requestId).toBe(emulator.requests[0]?.requestId);
    expect(error.operation).toEqual({ method: "POST", path: "/v2/title/text" });
    for (const part of [code, "Said so", action, error.requestId])
      expect(error.message).toContain(part);
    if (code === "VALIDATION_ERROR") expect(error).toHaveProperty("details", details);
    else expect(error).not.toHaveProperty("details");
  });
});

/** One call of every operation; the type makes sure that none is missing. */
const roundTrips: Record<OperationId, (pikzels: Pikzels, id: string) => Promise<object>> = {
  post_v2_thumbnail_text: ({ thumbnails }) =>
    thumbnails.fromText({ prompt: "A summit", model: "pkz_4", format: "16:9" }),
  post_v2_thumbnail_image: ({ thumbnails }) =>
    thumbnails.fromImage({ image_url, model: "pkz_2", format: "1:1" }),
  post_v2_thumbnail_edit: ({ thumbnails }) =>
    thumbnails.edit({ image_url, prompt: "Redder", format: "9:16" }),
  post_v2_thumbnail_faceswap: ({ thumbnails }) =>
    thumbnails.faceSwap({ image_url, face_image: image_url, format: "16:9" }),
  post_v2_thumbnail_score: ({ thumbnails }) => thumbnails.score({ image_url, title: "Summit" }),
  post_v2_title_text: ({ titles }) => titles.fromText({ prompt: "A summit" }),
  post_v2_pikzonality_persona: ({ personas }) => personas.create({ name: "Ada", image_urls }),
  post_v2_pikzonality_style: ({ styles }) => styles.create({ name: "Studio", image_urls }),
  get_v2_pikzonality_id: ({ pikzonalities }, id) => pikzonalities.get(id),
  patch_v2_pikzonality_id: ({ pikzonalities }, id) =>
    pikzonalities.update(id, { special_instructions: "Warm" }),
  delete_v2_pikzonality_id: ({ pikzonalities }, id) => pikzonalities.delete(id),
};

describe("every operation makes a round trip:", () => {
  test.each(Object.keys(operations) as OperationId[])("%s", async (operation) => {
    await using emulator = await startEmulator({ trainingMs: 0 });
    const pikzels = createPikzels({ apiKey: "pkz_a", baseUrl: emulator.url });
    const { id } = await pikzels.styles.create({ name: "First", image_urls });

    const answer = await roundTrips[operation](pikzels, id);

    const { method } = operations[operation];
    const [, request, ...more] = emulator.requests;
    expect(more).toEqual([]);
    expect(request).toMatchObject({ operation, method, status: 200, hadKey: true });
    // In every test, the emulator's responses are checked against the spec; this is the spec
    // itself, unchanged.
    if ("request_id" in answer) expect(answer.request_id).toBe(request?.requestId);
    if (method === "GET") expect(answer).toMatchObject({ id, name: "First", status: "completed" });
    if (method === "PATCH") expect(answer).toMatchObject({ id, special_instructions: "Warm" });
    if (method === "DELETE") expect(answer).toEqual({ message: "Persona or style deleted" });
    expect(request?.usd).toBe(method === "POST" ? emulator.ledger.charges[1]?.usd : 0);
  });
});
