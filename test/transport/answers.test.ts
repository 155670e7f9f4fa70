import { PikzelsApiError, PikzelsUnexpectedResponseError } from "pikzels-client";
import { describe, expect, test } from "vitest";
import type { AnswerKind } from "../../src/transport/call.js";
import { sendOnce } from "../support/send-once.js";
import { CANARY, json, refusal } from "../support/stub-fetch.js";

const KINDS: AnswerKind[] = ["json", "value", "none", "text", "binary", "stream", "any"];
const NOT_UTF_8 = Uint8Array.of(0x89, 0x50, 0xff);

/** What a value is, and what is in it. */
async function contentOf(value: unknown): Promise<unknown> {
  if (value instanceof ReadableStream) return ["stream", await new Response(value).text()];
  if (!(value instanceof Blob)) return value;
  return ["blob", value.type, [...new Uint8Array(await value.arrayBuffer())]];
}

describe("a success is given", () => {
  test.each<[AnswerKind, BodyInit, unknown]>([
    ["json", '{"a":1}', { a: 1 }],
    ["value", '{"a":1}', { a: 1 }],
    ["value", "7", 7],
    ["value", "null", null],
    ["none", "ignored", undefined],
    ["text", '{"a":1}', '{"a":1}'],
    ["text", "", ""],
    ["binary", NOT_UTF_8, ["blob", "image/png", [...NOT_UTF_8]]],
    ["binary", "{}", ["blob", "image/png", [0x7b, 0x7d]]],
    ["stream", "data: 1", ["stream", "data: 1"]],
    ["any", '{"a":1}', { a: 1 }],
    ["any", "plain", undefined],
    ["any", NOT_UTF_8, ["blob", "image/png", [...NOT_UTF_8]]],
  ])("as its operation answers, %s: %j", async (kind, body, expected) => {
    const response = new Response(body, { headers: { "content-type": "image/png" } });
    const { answer } = await sendOnce(kind, response);
    expect(await contentOf(answer?.value)).toEqual(expected);
  });

  test("as a Blob without a type if the answer names none", async () => {
    const { answer } = await sendOnce("binary", new Response(NOT_UTF_8));
    expect(await contentOf(answer?.value)).toEqual(["blob", "", [...NOT_UTF_8]]);
  });

  test.each(KINDS)("without a body if the status says so, also for %s", async (kind) => {
    const { answer, error } = await sendOnce(kind, new Response(null, { status: 205 }));
    // A body that was promised is missing.
    if (kind === "json" || kind === "value") {
      expect(error).toBeInstanceOf(PikzelsUnexpectedResponseError);
    } else expect(answer).toMatchObject({ status: 205, value: undefined, body: null });
  });
});

test.each<[AnswerKind, string]>([
  ["json", "[]"],
  ["json", "7"],
  ["json", "plain"],
  ["value", "plain"],
  ["value", ""],
])("a success that is not %s is unexpected: %j", async (kind, body) => {
  const { answer, error } = await sendOnce(kind, new Response(body));
  expect(answer).toBeUndefined();
  expect(error).toBeInstanceOf(PikzelsUnexpectedResponseError);
  expect(error).toMatchObject({ status: 200, outcome: "unknown" });
});

describe("a failure is read as the error envelope, whatever a success would be:", () => {
  test.each(KINDS)("%s", async (kind) => {
    const { answer, error } = await sendOnce(kind, refusal(409, "CONFLICT"));
    expect(error).toBeInstanceOf(PikzelsApiError);
    expect(error).toMatchObject({ code: "CONFLICT", status: 409 });
    expect(answer?.value).toMatchObject({ error: { code: "CONFLICT" } });
  });
});

test.each(["json", "value", "text", "stream", "any"] as const)(
  "the key is redacted from an answer's text and headers: %s",
  async (kind) => {
    const { answer } = await sendOnce(
      kind,
      json({ quoted: CANARY }, { headers: { echo: CANARY } }),
    );
    expect(answer?.headers.get("echo")).toBe("[the API key]");
    const content = JSON.stringify(await contentOf(answer?.value));
    expect(content).toContain("[the API key]");
    expect(content).not.toContain(CANARY);
  },
);
