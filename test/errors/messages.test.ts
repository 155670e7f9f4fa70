import {
  isKnownErrorCode,
  PikzelsApiError,
  PikzelsConnectionError,
  PikzelsError,
  PikzelsExpiredError,
  PikzelsInputError,
  PikzelsTimeoutError,
  PikzelsTrainingError,
  PikzelsUnexpectedResponseError,
} from "pikzels-client";
import { describe, expect, test } from "vitest";
import { ID, json, networkError, refusal, stubClient, TEXT_BODY } from "../support/stub-fetch.js";

type Answers = Parameters<typeof stubClient>[0];

async function messageOf(...answers: Answers): Promise<string> {
  const { pikzels } = stubClient(answers, { maxRetries: 0 });
  const error = await pikzels.thumbnails.fromText(TEXT_BODY).catch((reason: unknown) => reason);
  return (error as Error).message;
}

async function messageOfGet(...answers: Answers): Promise<string> {
  const { pikzels } = stubClient(answers, { maxRetries: 0 });
  const error = await pikzels.pikzonalities.get(ID).catch((reason: unknown) => reason);
  return (error as Error).message;
}

describe("an error message says what happened, what became of the request, and what to do", () => {
  test("for a POST that was refused", async () => {
    expect(await messageOf(refusal(409, "CONFLICT"))).toMatch(
      /^POST \/v2\/thumbnail\/text: 409 CONFLICT: Public message\. It was not .* not billed\. \S.*\. \(request id 18b2ad5e-.*\)$/,
    );
  });

  test("for a POST that may have been paid for", async () => {
    expect(await messageOf(networkError("ECONNRESET"))).toMatch(
      /^POST \/v2\/thumbnail\/text: the connection failed \(ECONNRESET\)\. It may have been .*billed: check .*\.$/,
    );
  });

  test("for a GET, which is never paid for", async () => {
    expect(await messageOfGet(networkError("ECONNRESET"))).toMatch(
      /^GET \/v2\/pikzonality\/18b2ad5e-[^:]*: the connection failed \(ECONNRESET\)\. .* does no harm\.$/,
    );
  });

  test("for a request that never left", async () => {
    expect(await messageOf(networkError("ENOTFOUND", "getaddrinfo"))).toMatch(
      /the connection failed \(ENOTFOUND\)\. Nothing was sent\.$/,
    );
  });

  test("for a code that is newer than this package, without invented advice", async () => {
    const answer = json(
      { error: { code: "BRAND_NEW", message: "2.1 is odd..." } },
      { status: 400 },
    );
    expect(await messageOf(answer)).toMatch(
      /^POST \/v2\/thumbnail\/text: 400 BRAND_NEW: 2\.1 is odd\. It was not .* not billed\.$/,
    );
  });

  test("with the code if the service sent no message, and with a long message cut", async () => {
    for (const message of [undefined, "", 7]) {
      const answer = json({ error: { code: "BRAND_NEW", message } }, { status: 400 });
      expect(await messageOf(answer)).toContain(": 400 BRAND_NEW. It");
    }
    const long = json({ error: { code: "BRAND_NEW", message: "x".repeat(501) } }, { status: 400 });
    expect(await messageOf(long)).toMatch(/BRAND_NEW: x{500}\. /);
  });

  test("for an undocumented response, with its beginning on one line", async () => {
    const page = new Response(`  <h1>\r\n\tBad   Gateway</h1>${"!".repeat(300)}`, { status: 502 });
    expect(await messageOf(page)).toMatch(/: 502 with .* body: <h1> Bad Gateway<\/h1>!{178}…\. It/);
    expect(await messageOf(new Response(" \n", { status: 502 }))).toMatch(/: 502 with .*empty/);
    expect(await messageOf(new Response("<html>"))).toMatch(/: 200 with .* body: <html>\. It/);
    expect(await messageOf(new Response("", { status: 400 }))).toMatch(/: 400 with .*empty/);
  });

  test("for a redirect, including why it was not followed", async () => {
    // A browser reports a redirect as status 0, without its target; so does Node for a request with
    // a body.
    for (const answer of [300, 304, 399].map((status) => new Response(null, { status })))
      expect(await messageOf(answer)).toMatch(/: 3\d\d, a redirect; not followed, .* key/);
    expect(await messageOf(() => Response.error())).toMatch(/: status hidden, a redirect; not f/);
  });
});

describe("an error", () => {
  test.each([
    ["PikzelsConnectionError", PikzelsConnectionError],
    ["PikzelsExpiredError", PikzelsExpiredError],
    ["PikzelsInputError", PikzelsInputError],
    ["PikzelsTimeoutError", PikzelsTimeoutError],
    ["PikzelsTrainingError", PikzelsTrainingError],
    ["PikzelsUnexpectedResponseError", PikzelsUnexpectedResponseError],
  ])("has the name that discriminates its union: %s", (name, { prototype, name: own }) => {
    expect([prototype.name, own]).toEqual([name, name]);
  });

  test("is recognised by a symbol that every copy of this package shares", () => {
    expect(Symbol.for("pikzels-client.error") in new PikzelsError("x")).toBe(true);
  });

  test("has no details if none were passed", () => {
    const options = { code: "VALIDATION_ERROR", status: 400 };
    expect(new PikzelsApiError("x", options)).toMatchObject({ details: [] });
  });

  test("has no cause if none was passed, and an undefined one if the cause is undefined", () => {
    expect(new PikzelsError("x")).not.toHaveProperty("cause");
    expect(Object.hasOwn(new PikzelsError("x", { cause: undefined }), "cause")).toBe(true);
  });
});

test("an error code is a string: a value that merely converts to one is not a code", () => {
  expect(isKnownErrorCode(["NOT_FOUND"])).toBe(false);
});
