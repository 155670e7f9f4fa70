import { describe, expect, test } from "vitest";
import { dereference } from "../../src/openapi/references.js";
import { call, emulatorForTest, highestPrice } from "./support.js";

const json = (schema: object) => ({ content: { "application/json": { schema } } });

function documentOf(paths: Record<string, object>, components: object = {}) {
  return { openapi: "3.0.3", info: { title: "Any", version: "v9" }, paths, components };
}

/** An operation's responses: this success, or an error. */
const answering = (schema: object) => ({
  responses: {
    200: { description: "Success", ...json(schema) },
    default: { description: "Error", ...json({ type: "object" }) },
  },
});

describe("a response is made from a schema, however it is written:", () => {
  test("with alternatives, defaults, examples and every type", async () => {
    const branch = { type: "object", required: ["kind"], properties: { kind: { type: "string" } } };
    const properties = {
      either: { oneOf: [branch, { type: "string" }] },
      any: { anyOf: [{ type: "integer" }, { type: "string" }] },
      default: { type: "integer", default: 7 },
      example: { type: "string", example: "an example" },
      list: { type: "array", items: { type: "string" } },
      number: { type: "number" },
      yes: { type: "boolean" },
      all: { allOf: [branch, { required: ["kind"] }] },
      nothing: { nullable: true },
      whatever: {},
    };
    const get = answering({ type: "object", properties });
    const emulator = await emulatorForTest({ spec: documentOf({ "/v9/any": { get } }) });

    const { body } = await call(emulator, "GET", "/v9/any");

    expect(body).toEqual({
      either: { kind: "sample" },
      any: 0,
      default: 7,
      example: "an example",
      list: ["sample"],
      number: expect.any(Number) as number,
      yes: true,
      all: { kind: "sample" },
      nothing: {},
      whatever: {},
    });
  });

  test("even if it is not an object", async () => {
    const get = answering({ nullable: true });
    const emulator = await emulatorForTest({ spec: documentOf({ "/v9/any": { get } }) });
    const { status, text } = await call(emulator, "GET", "/v9/any");
    expect([status, text]).toEqual([200, "{}"]);
  });
});

test.each([
  ["another file", "other.yaml#/components/schemas/A"],
  ["nothing", "#/components/schemas/A"],
  ["itself", "#/components/schemas/B"],
])("a reference that leads to %s counts as an empty object", (_where, $ref) => {
  const document = { components: { schemas: { B: { $ref: "#/components/schemas/B" } } } };
  expect(dereference(document, { $ref })).toEqual({});
});

describe("the emulator serves an operation, however little the document says about it:", () => {
  test("without a success, a security scheme or schemas", async () => {
    const responses = { default: { description: "Error", ...json({ type: "object" }) } };
    const parameters = [{ in: "query", name: "note", ...json({}) }];
    const spec = documentOf(
      { "/v9/bare": { get: { security: [{ Login: [] }], parameters, responses } } },
      { securitySchemes: { Login: { type: "http", scheme: "basic" } } },
    );
    const emulator = await emulatorForTest({ spec });
    const path = "/v9/bare?note=1&more=2";
    const headers = { authorization: "Basic YTpi" };
    expect((await call(emulator, "GET", path, undefined, { key: "", headers })).status).toBe(200);
    expect((await call(emulator, "GET", path)).status).toBe(401);
    expect(emulator.requests).toMatchObject([
      { operation: "GET /v9/bare", status: 200, hadKey: true },
      { status: 401, hadKey: false },
    ]);
  });

  test("or however wrong it is", async () => {
    const nowhere = { $ref: "#/components/responses/Missing" };
    const spec = documentOf({
      "/v9/silent": { get: {} },
      "/v9/nowhere": { get: { parameters: [nowhere], responses: { 200: nowhere } } },
      "/v9/headers": {
        get: {
          responses: {
            200: { description: "Done", headers: { "X-A": json({}), "X-B": nowhere } },
            "4XX": { description: "Error", content: { "application/json": {} } },
          },
        },
      },
    });
    const emulator = await emulatorForTest({ spec });
    for (const path of ["/v9/silent", "/v9/nowhere", "/v9/headers"]) {
      const { status, text } = await call(emulator, "GET", path);
      expect([path, status, text]).toEqual([path, 200, ""]);
    }
  });

  test("even if a property contains itself", async () => {
    const own = { $ref: "#/components/schemas/Loop" };
    const post = { requestBody: json({ properties: { loop: own } }), ...answering({}) };
    const spec = documentOf({ "/v9/loop": { post } }, { schemas: { Loop: { allOf: [own] } } });
    const emulator = await emulatorForTest({ spec });
    const reply = await call(emulator, "POST", "/v9/loop", { other: 1 });
    expect(reply.status).toBe(200);
  });

  test("with the reasons of each alternative that a value does not fit", async () => {
    const anyOf = [{ type: "string", minLength: 2 }, { type: "integer" }];
    const post = { requestBody: json({ properties: { a: { anyOf } } }), ...answering({}) };
    const emulator = await emulatorForTest({ spec: documentOf({ "/v9/either": { post } }) });
    const { error } = (await call(emulator, "POST", "/v9/either", { a: true })).body;
    expect(error?.details?.map(({ message }) => message)).toEqual([
      "Provide a valid a: must be string",
      "Provide a valid a: must be integer",
      "Provide a valid a: must match a schema in anyOf",
    ]);
  });

  test.each([
    [
      "that is valid only without Unicode mode, and a line break",
      "^a\\-b.+$",
      "a-b\nc",
      "it has a line break",
    ],
    [
      "and a text too long to look through",
      "^https?$",
      `http${"a".repeat(10_000)}`,
      "it is not of the form that the spec describes",
    ],
    [
      "that backtracks on what would be one line",
      "^( ?a+)+$",
      `\n${"a".repeat(60)}!`,
      "it is not of the form that the spec describes",
    ],
  ])("with a pattern %s", async (_what, pattern, code, reason) => {
    const post = { requestBody: json({ properties: { code: { pattern } } }), ...answering({}) };
    const emulator = await emulatorForTest({ spec: documentOf({ "/v9/code": { post } }) });
    const { error } = (await call(emulator, "POST", "/v9/code", { code })).body;
    expect(error?.details).toEqual([{ field: "code", message: `Provide a valid code: ${reason}` }]);
  });

  test("with checks of a boolean in the query and of a required body", async () => {
    const parameters = [{ in: "query", name: "sharp", schema: { type: "boolean" } }];
    const body = { type: "object", properties: { code: { type: "string", pattern: "^[a-z]+$" } } };
    const spec = documentOf({
      "/v9/strict": {
        post: {
          operationId: "strict",
          parameters,
          requestBody: { required: true, ...json(body) },
          ...answering({ type: "object" }),
        },
      },
    });
    const emulator = await emulatorForTest({ spec });
    const detail = async (query: string, body?: unknown) => {
      const reply = await call(emulator, "POST", `/v9/strict${query}`, body);
      return reply.body.error?.details?.[0] ?? reply.status;
    };
    expect(await detail("?sharp=true", {})).toBe(200);
    expect(await detail("?sharp=very", {})).toEqual({
      field: "sharp",
      message: "Provide a valid sharp: must be boolean",
    });
    expect(await detail("")).toEqual({ message: "Provide a body: it is missing" });
    expect(await detail("", [])).toEqual({ message: "Provide a valid body: must be object" });
    expect(await detail("", { code: "A" })).toEqual({
      field: "code",
      message: "Provide a valid code: it is not of the form that the spec describes",
    });
  });

  test("at a literal path rather than at a template that also matches", async () => {
    const operation = (operationId: string) => ({ get: { operationId, ...answering({}) } });
    const spec = documentOf({ "/v9/{id}": operation("one"), "/v9/all": operation("all") });
    const emulator = await emulatorForTest({ spec });
    await call(emulator, "GET", "/v9/all");
    await call(emulator, "GET", "/v9/7");
    expect(emulator.requests.map(({ operation }) => operation)).toEqual(["all", "one"]);
  });

  test("with the highest price for a newer model, and a square for a newer format", async () => {
    const operationId = "post_v2_thumbnail_text";
    const properties = { output: {}, request_id: {} };
    const post = { operationId, requestBody: json({}), ...answering({ properties }) };
    const emulator = await emulatorForTest({
      spec: documentOf({ "/v2/thumbnail/text": { post } }),
    });
    const body = { prompt: "x", model: "pkz_9", format: "4:3" };

    const { output = "" } = (await call(emulator, "POST", "/v2/thumbnail/text", body)).body;

    expect(new URL(output).searchParams.get("size")).toBe("1024x1024");
    expect(emulator.ledger.total).toBe(highestPrice("post_v2_thumbnail_text", "pkz_4"));
  });

  test("with a newer code, if it is provoked with its status", async () => {
    const spec = documentOf({ "/v9/new": { get: { operationId: "new", ...answering({}) } } });
    const emulator = await emulatorForTest({ spec });
    emulator.provoke({ code: "BRAND_NEW", status: 418 });
    const { status, body } = await call(emulator, "GET", "/v9/new");
    expect(status).toBe(418);
    expect(body.error).toMatchObject({ code: "BRAND_NEW", message: "Provoked BRAND_NEW." });
  });
});
