import { describe, expect, test } from "vitest";
import { call, emulatorForTest, imageUrl, tinyPng } from "./support.js";

describe("a newer document", () => {
  const operation = (name: string, rest: object) => ({
    [`/v3/${name}`]: {
      post: { operationId: name, security: [{ Key: [] }], ...rest },
    },
  });
  const errors = {
    default: {
      description: "Error",
      content: { "application/json": { schema: { type: "object", required: ["error"] } } },
    },
  };
  const response = (content: object) => ({
    responses: {
      201: { description: "Made", content: { "application/json": content } },
      ...errors,
    },
  });
  const spec = {
    openapi: "3.0.3",
    info: { title: "Newer", version: "v3" },
    paths: {
      ...operation("sample", {
        parameters: [
          {
            in: "query",
            name: "size",
            required: true,
            schema: { type: "integer", maximum: 6, exclusiveMaximum: true },
          },
        ],
        ...response({ schema: { $ref: "#/components/schemas/Made" } }),
      }),
      ...operation("example", {
        requestBody: {
          content: {
            "application/json": { schema: { $ref: "#/components/schemas/Picture" } },
          },
        },
        ...response({
          schema: { type: "object", properties: { id: {}, request_id: {} } },
          example: { id: "made-up", request_id: "another" },
        }),
      }),
    },
    components: {
      securitySchemes: { Key: { type: "apiKey", in: "header", name: "X-Newer-Key" } },
      schemas: {
        Picture: {
          type: "object",
          required: ["photo"],
          properties: {
            photo: { type: "string", pattern: "^https://\\S+$" },
            note: { nullable: true, allOf: [{ type: "string" }] },
          },
        },
        Made: {
          type: "object",
          additionalProperties: false,
          required: ["count", "tags", "owner", "state"],
          properties: {
            count: { type: "integer", minimum: 3 },
            tags: { type: "array", minItems: 2, items: { type: "string", minLength: 9 } },
            owner: { allOf: [{ $ref: "#/components/schemas/Owner" }] },
            state: { type: "string", enum: ["new", "old"] },
            parent: { $ref: "#/components/schemas/Made" },
          },
        },
        Owner: { type: "object", required: ["name"], properties: { name: { type: "string" } } },
      },
    },
  };
  const key = { key: "", headers: { "x-newer-key": "pkz_newer" } };

  test("is answered from its examples or schemas, without code for it", async () => {
    const emulator = await emulatorForTest({ spec });

    const example = await call(emulator, "POST", "/v3/example", { photo: imageUrl }, key);
    expect(example.status).toBe(201);
    expect(example.body.id).toMatch(/^[\da-f-]{36}$/);
    expect(example.body.request_id).toBe(example.headers.get("x-request-id"));

    const sample = await call(emulator, "POST", "/v3/sample?size=5", undefined, key);
    expect(sample.status).toBe(201);
    expect(sample.body).toMatchObject({ count: 3, state: "new", owner: { name: "sample" } });
  });

  test("is enforced: its key header, query, body and images", async () => {
    const emulator = await emulatorForTest({ spec });
    const detail = async (path: string, body?: object) =>
      (await call(emulator, "POST", path, body, key)).body.error?.details?.[0];

    const keyless = await call(emulator, "POST", "/v3/sample?size=5", undefined, { key: "pkz_x" });
    expect(keyless.body.error?.code).toBe("MISSING_API_KEY");
    expect(await detail("/v3/sample")).toEqual({
      field: "size",
      message: "Provide a valid size: it is missing",
    });
    expect(await detail("/v3/sample?size=6")).toEqual({
      field: "size",
      message: "Provide a valid size: must be < 6",
    });
    expect(await detail("/v3/sample?size=x")).toEqual({
      field: "size",
      message: "Provide a valid size: must be integer",
    });
    expect(await detail("/v3/example", {})).toEqual({
      field: "photo",
      message: "Provide a valid photo: it is missing",
    });
    const unreachable = { photo: "https://a.invalid/" };
    const reply = await call(emulator, "POST", "/v3/example", unreachable, key);
    expect(reply.body.error?.code).toBe("INVALID_IMAGE");
  });

  test("may let a field take an address or a data URL, and each is checked as what it is", async () => {
    const url = { type: "string", pattern: "^https://\\S+$" };
    const data = { type: "string", pattern: "^data:image/" };
    for (const anyOf of [
      [url, data],
      [data, url, { enum: ["none"] }],
    ]) {
      const schema = { type: "object", properties: { photo: { anyOf } } };
      const requestBody = { content: { "application/json": { schema } } };
      const paths = operation("either", { requestBody, security: [], ...response({}) });
      const emulator = await emulatorForTest({ spec: { ...spec, paths }, imageAt: "realistic" });
      const codeFor = async (photo: string) =>
        (await call(emulator, "POST", "/v3/either", { photo })).body.error?.code;
      expect(await codeFor(imageUrl)).toBeUndefined();
      expect(await codeFor(tinyPng)).toBeUndefined();
      expect(await codeFor("https://a.invalid/")).toBe("INVALID_IMAGE");
      expect(await codeFor(tinyPng.slice(0, 60))).toBe("INVALID_IMAGE");
      if (anyOf.length > 2) expect(await codeFor("none")).toBeUndefined();
    }
  });

  describe("that has errors of another form", () => {
    const emulatorWith = (schema: object) => {
      const failure = { description: "Error", content: { "application/problem+json": { schema } } };
      const responses = { 200: { description: "Success" }, "4XX": failure };
      const paths = operation("sample", { responses });
      return emulatorForTest({ spec: { ...spec, paths } });
    };

    test("refuses in their media type, if only that is another", async () => {
      const emulator = await emulatorWith({ type: "object", required: ["error"] });
      const { headers, body } = await call(emulator, "POST", "/v3/sample");
      expect(headers.get("content-type")).toBe("application/problem+json");
      expect(body.error?.code).toBe("MISSING_API_KEY");
    });

    test.each([{ code: "TOO_MANY_REQUESTS", retryAfter: 7 }, { fault: "foreign-code" }] as const)(
      "provokes %j in that form",
      async (provocation) => {
        const emulator = await emulatorWith({
          type: "object",
          required: ["code", "message"],
          properties: {
            code: { type: "string", enum: ["MISSING_API_KEY", "TOO_MANY_REQUESTS"] },
            message: { type: "string" },
            status: { type: "integer" },
          },
          additionalProperties: false,
        });
        emulator.provoke(provocation);
        const { status, headers, body } = await call(emulator, "POST", "/v3/sample");
        expect(headers.get("content-type")).toBe("application/problem+json");
        expect(body).toMatchObject({
          code: "code" in provocation ? provocation.code : "NEVER_PUBLISHED",
          status,
        });
        expect(headers.get("retry-after")).toBe("retryAfter" in provocation ? "7" : null);
      },
    );
  });

  test("that promises less for a known operation gets less", async () => {
    const emulator = await emulatorForTest({
      spec: {
        ...spec,
        paths: {
          "/v2/title/text": {
            post: {
              operationId: "post_v2_title_text",
              responses: {
                200: {
                  description: "Success",
                  content: {
                    "application/json": {
                      schema: {
                        type: "object",
                        additionalProperties: false,
                        properties: { outputs: {} },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    });

    const { body } = await call(emulator, "POST", "/v2/title/text", undefined, { key: "" });

    expect(Object.keys(body)).toEqual(["outputs"]);
  });
});
