import {
  isKnownErrorCode,
  isPikzelsError,
  PikzelsApiError,
  PikzelsError,
  PikzelsInputError,
  PikzelsUnexpectedResponseError,
} from "pikzels-client";
import { describe, expect, test, vi } from "vitest";
import {
  ID,
  json,
  networkError,
  refusal,
  stubClient,
  TEXT_BODY,
  THUMBNAIL,
} from "../support/stub-fetch.js";
import { isPikzelsApiError, errorCatalog, errorCodes } from "../support/client.js";

/** The error that a call rejects with if this is its only response. */
async function failure(answer: Response | Error): Promise<unknown> {
  const { pikzels } = stubClient([answer], { maxRetries: 0 });
  return pikzels.thumbnails.fromText(TEXT_BODY).then(
    () => "no error",
    (error: unknown) => error,
  );
}

describe("the error envelope", () => {
  test.each(errorCodes)(
    "with %s becomes a typed error with the catalogue's texts",
    async (code) => {
      const { status = 400, meaning, action } = errorCatalog[code];
      const error = await failure(refusal(status, code));
      expect(error).toBeInstanceOf(PikzelsApiError);
      expect(error).toMatchObject({
        name: "PikzelsApiError",
        code,
        status,
        meaning,
        requestId: ID,
        attempts: 1,
        operation: { method: "POST", path: "/v2/thumbnail/text" },
        outcome: code === "INTERNAL_ERROR" ? "unknown" : "rejected",
      });
      const { message } = error as Error;
      expect(message).toContain(`POST /v2/thumbnail/text: ${status} ${code}: Public message.`);
      expect(message).toContain(action);
      expect(message).toContain(ID);
      expect(isPikzelsApiError(error, code)).toBe(true);
    },
  );

  test.each([
    [409, "rejected"],
    [503, "unknown"],
  ])(
    "with a code newer than this package and status %i has the outcome %s",
    async (status, outcome) => {
      const error = await failure(refusal(status, "BRAND_NEW"));
      expect(error).toBeInstanceOf(PikzelsApiError);
      expect(error).toMatchObject({ code: "BRAND_NEW", status, outcome, meaning: undefined });
      expect(isKnownErrorCode((error as PikzelsApiError).code)).toBe(false);
    },
  );

  test.each(["constructor", "toString", "__proto__", "hasOwnProperty"])(
    "with a code named like a member of every object is an unknown code: %s",
    async (code) => {
      expect(isKnownErrorCode(code)).toBe(false);
      expect(await failure(refusal(400, code))).toMatchObject({ code, meaning: undefined });
    },
  );

  test("gives a VALIDATION_ERROR its details, but only those that fit their type", async () => {
    const details = [{ field: "prompt", message: "too long" }, { message: "sad" }];
    const strange = [null, 7, { field: 7, message: "x" }, { field: "x" }, "text"];
    const error = { code: "VALIDATION_ERROR", message: "", details: [...details, ...strange] };
    expect(await failure(json({ error }, { status: 400 }))).toMatchObject({ details });
    const none = { code: "VALIDATION_ERROR", message: "", details: "none" };
    expect(await failure(json({ error: none }, { status: 400 }))).toMatchObject({ details: [] });
    const told = { code: "VALIDATION_ERROR", message: "Invalid body.", details };
    expect(await failure(json({ error: told }, { status: 400 }))).toHaveProperty(
      "message",
      expect.stringContaining("400 VALIDATION_ERROR: Invalid body (prompt: too long; sad). It "),
    );
    const long = [{ field: "prompt", message: "x".repeat(9999) }];
    const { message } = (await failure(
      json({ error: { ...told, details: long } }, { status: 400 }),
    )) as Error;
    expect(message.length).toBeLessThan(800);
    const other = { code: "CONFLICT", message: "", details };
    expect(await failure(json({ error: other }, { status: 409 }))).not.toHaveProperty("details");
  });

  test("has its request id in the header, or else in the body", async () => {
    const both = refusal(404, "NOT_FOUND", { "x-request-id": "from the header" });
    expect(await failure(both)).toMatchObject({ requestId: "from the header" });
    const none = json({ error: { code: "NOT_FOUND" }, request_id: 7 }, { status: 404 });
    expect(await failure(none)).toMatchObject({ requestId: undefined });
  });
});

describe("the status decides, the body only adds detail:", () => {
  const unexpected: [string, number, string | null, string][] = [
    ["an empty bad gateway", 502, "", "unknown"],
    ["an HTML bad gateway", 502, "<html><h1>Bad Gateway</h1>", "unknown"],
    ["null", 500, "null", "unknown"],
    ["a list", 500, "[]", "unknown"],
    ["an envelope without a code", 500, '{"error":{"message":"x"}}', "unknown"],
    ["an envelope with a number for a code", 500, '{"error":{"code":5}}', "unknown"],
    ["an envelope with an empty code", 500, '{"error":{"code":""}}', "unknown"],
    ["an envelope with a string as its error", 400, '{"error":"bad"}', "rejected"],
    ["an envelope by inheritance", 400, '{"__proto__":{"error":{"code":"X"}}}', "rejected"],
    ["an empty 404", 404, "", "rejected"],
    ["HTML with 200", 200, "<html>", "unknown"],
    ["nothing with 200", 200, "", "unknown"],
    ["no content", 204, null, "unknown"],
    ["null with 200", 200, "null", "unknown"],
    ["a list with 200", 200, "[]", "unknown"],
    ["text with 200", 200, '"done"', "unknown"],
    ["JSON cut off", 200, '{"output":"https://cdn', "unknown"],
    ["a redirect", 302, "", "unknown"],
    ["a redirect with an envelope", 302, '{"error":{"code":"CONFLICT"}}', "unknown"],
    ["not modified", 304, null, "unknown"],
  ];
  test.each(unexpected)("%s", async (_what, status, body, outcome) => {
    const headers = { "x-request-id": ID };
    const error = await failure(new Response(body, { status, headers }));
    expect(error).toBeInstanceOf(PikzelsUnexpectedResponseError);
    expect(error).toMatchObject({ status, outcome, requestId: ID, attempts: 1 });
    if (outcome === "unknown") expect((error as Error).message).toMatch(/may have been .*billed/);
  });

  test("the content type decides nothing", async () => {
    const headers = { "content-type": "text/html" };
    const { pikzels } = stubClient([json(THUMBNAIL, { headers })]);
    await expect(pikzels.thumbnails.fromText(TEXT_BODY)).resolves.toEqual(THUMBNAIL);
  });

  test("hostile names in JSON stay ordinary properties", async () => {
    const text = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"id":"x"}';
    const { pikzels } = stubClient([new Response(text)]);
    const got = await pikzels.pikzonalities.get(ID);
    expect(Object.getPrototypeOf(got)).toBe(Object.prototype);
    expect({}).not.toHaveProperty("polluted");
    expect(got.id).toBe("x");
  });

  test("an excerpt of the body is short and on one line", async () => {
    const error = await failure(new Response(`<p>\r\n\t\u0000${"long ".repeat(10_000)}`));
    expect((error as Error).message.length).toBeLessThan(500);
    // eslint-disable-next-line no-control-regex -- that is what must not be there
    expect((error as Error).message).not.toMatch(/[\u0000-\u001f]/);
  });
});

describe("endless and oversized bodies", () => {
  test("are read up to the limit, and the rest is released", async () => {
    const cancel = vi.fn();
    const chunk = new Uint8Array(1024 * 1024);
    let sent = 0;
    const endless = new ReadableStream({
      pull: (controller) => {
        sent++;
        controller.enqueue(chunk);
      },
      cancel,
    });
    const { pikzels } = stubClient([() => new Response(endless)]);
    const error = await pikzels.thumbnails.fromText(TEXT_BODY).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(PikzelsUnexpectedResponseError);
    expect(error).toMatchObject({ status: 200, outcome: "unknown" });
    expect((error as Error).message).toContain("over 33554432 bytes");
    expect(sent).toBeLessThan(40);
    expect(cancel).toHaveBeenCalled();
  });

  test("are put together from chunks that split a character", async () => {
    const bytes = new TextEncoder().encode(JSON.stringify({ id: "ünïcödé 🖼" }));
    const pieces = new ReadableStream({
      start: (controller) => {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const { pikzels } = stubClient([() => new Response(pieces)]);
    await expect(pikzels.pikzonalities.get(ID)).resolves.toEqual({ id: "ünïcödé 🖼" });
  });
});

describe("errors are told apart:", () => {
  test("instanceof and the guards agree, even for the base class", async () => {
    const api = await failure(refusal(404, "NOT_FOUND"));
    const connection = await failure(networkError("ECONNRESET"));
    for (const error of [api, connection]) {
      expect(error).toBeInstanceOf(PikzelsError);
      expect(isPikzelsError(error)).toBe(true);
    }
    expect(isPikzelsApiError(api)).toBe(true);
    expect(isPikzelsApiError(api, "CONFLICT")).toBe(false);
    expect(isPikzelsApiError(connection)).toBe(false);
    for (const foreign of [undefined, null, "NOT_FOUND", new Error("x"), { code: "NOT_FOUND" }]) {
      expect(isPikzelsError(foreign)).toBe(false);
      expect(isPikzelsApiError(foreign)).toBe(false);
    }
  });

  test("the guards recognise errors of a second copy of the package", async () => {
    vi.resetModules();
    const copy = await import("pikzels-client");
    const error = new copy.PikzelsApiError("x", { code: "NOT_FOUND", status: 404 });
    expect(error).not.toBeInstanceOf(PikzelsApiError);
    expect(isPikzelsApiError(error, "NOT_FOUND")).toBe(true);
  });

  test("their names are those of their classes, even in the stack", async () => {
    const error = await failure(refusal(404, "NOT_FOUND"));
    expect((error as Error).stack).toMatch(/^PikzelsApiError: POST/);
    expect((error as Error).constructor.name).toBe("PikzelsApiError");
    expect(new PikzelsInputError("x").toString()).toBe("PikzelsInputError: x Nothing was sent.");
  });
});
