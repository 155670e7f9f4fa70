import { describe, expect, test } from "vitest";
import { call, emulatorForTest, thumbnailUsd } from "./support.js";

const json = (schema: object) => ({ content: { "application/json": { schema } } });
const answering = (schema: object, status = 200) => ({
  responses: { [status]: { description: "Done", ...json(schema) } },
});

/** A document for another API, as passed with `--spec`. */
function documentOf(paths: Record<string, object>, rest: object = {}) {
  return { openapi: "3.1.0", info: { title: "Another", version: "1" }, paths, ...rest };
}

const openCall = { key: "" };

describe("a resource is recognised by its paths and responses", () => {
  const item = {
    type: "object",
    required: ["job_id", "state"],
    properties: {
      job_id: { type: "string", format: "uuid", readOnly: true },
      state: { enum: ["queued", "done", "failed"] },
      title: { type: "string", minLength: 2 },
      secret: { type: "string", writeOnly: true },
      result_url: { type: ["string", "null"], format: "uri" },
    },
  };
  const spec = documentOf(
    {
      "/jobs": {
        get: answering({
          type: "object",
          required: ["items", "total"],
          properties: {
            items: { type: "array", items: { $ref: "#/components/schemas/Job" } },
            total: { type: "integer" },
          },
        }),
        post: { requestBody: json({ $ref: "#/components/schemas/Job" }), ...answering(item, 202) },
      },
      "/jobs/{job_id}": {
        get: answering({ $ref: "#/components/schemas/Job" }),
        put: {
          requestBody: json({ $ref: "#/components/schemas/Job" }),
          ...answering({ $ref: "#/components/schemas/Job" }),
        },
        delete: { responses: { 204: { description: "Gone" } } },
      },
    },
    { components: { schemas: { Job: item } } },
  );

  test("and is created with 202, polled, listed, replaced and deleted with 204", async () => {
    const emulator = await emulatorForTest({ spec, trainingMs: 1000 });
    const request = async (method: string, path: string, body?: object) => {
      const { status, text } = await call(emulator, method, path, body, openCall);
      return { status, body: (text === "" ? undefined : JSON.parse(text)) as { job_id: string } };
    };

    const created = await request("POST", "/jobs", {
      title: "First",
      state: "queued",
      secret: "x",
    });
    expect(created).toMatchObject({ status: 202, body: { state: "queued", title: "First" } });
    expect(created.body).not.toHaveProperty("secret");
    const path = `/jobs/${created.body.job_id}`;
    expect((await request("GET", path)).body).toMatchObject({ state: "queued", result_url: null });

    emulator.advance(1000);
    const done = (await request("GET", path)).body as { job_id: string; result_url?: string };
    expect(done).toMatchObject({ state: "done", title: "First" });
    expect((await fetch(done.result_url ?? "")).headers.get("content-type")).toBe("image/png");

    expect((await request("PUT", path, { title: "Second", state: "done" })).body).toMatchObject({
      title: "Second",
    });
    expect((await request("GET", "/jobs")).body).toMatchObject({
      total: 1,
      items: [{ job_id: created.body.job_id, title: "Second" }],
    });
    expect(await request("DELETE", path)).toEqual({ status: 204, body: undefined });
    expect((await request("GET", path)).status).toBe(404);
  });

  test("and its readOnly fields must not be sent, and are not required", async () => {
    const emulator = await emulatorForTest({ spec });
    const { status } = await call(
      emulator,
      "POST",
      "/jobs",
      { job_id: "0b0f1c9e-6f0f-4a43-a5a1-0d3b7a1f4f11", state: "queued" },
      openCall,
    );
    expect(status).toBe(400);
  });
});

describe("a resource keeps its state", () => {
  const { string, integer } = { string: { type: "string" }, integer: { type: "integer" } };
  const object = (properties: Record<string, object>) => ({
    type: "object",
    required: Object.keys(properties),
    properties,
  });
  const wrapped = (schema: object) => object({ data: schema, request_id: string });

  /** Notes that can be created, read, renamed, listed and deleted. */
  function notesDocument(id: object, slash = "", answerOf = (note: object) => note) {
    const note = answerOf(object({ id, name: string }));
    const body = { requestBody: json(object({ name: string })) };
    const parameters = [{ name: "id", in: "path", required: true, schema: id }];
    return documentOf({
      [`/notes${slash}`]: {
        get: answering(object({ data: { type: "array", items: object({ id, name: string }) } })),
        post: { ...body, ...answering(note, 201) },
      },
      [`/notes/{id}${slash}`]: {
        parameters,
        get: answering(note),
        patch: { ...body, ...answering(note) },
        delete: answering(note),
      },
    });
  }

  test.each([
    ["at paths that end in a slash", notesDocument(string, "/"), "/"],
    ["with ids that are integers", notesDocument({ ...integer, minimum: 100 }), ""],
    ["with ids of a form of their own", notesDocument({ ...string, pattern: "^n_[a-z]{8}$" }), ""],
    ["with answers in an envelope", notesDocument(string, "", wrapped), ""],
    ["with integers and an envelope", notesDocument(integer, "", wrapped), ""],
  ])("%s", async (_title, spec, slash) => {
    const emulator = await emulatorForTest({ spec });
    const request = async (method: string, path: string, body?: object) => {
      const { status, text } = await call(emulator, method, path + slash, body, openCall);
      const { data, ...plain } = JSON.parse(text) as { data?: unknown; id?: unknown };
      return { status, note: (data ?? plain) as { id: string | number; name: string } };
    };

    const { note: first } = await request("POST", "/notes", { name: "First" });
    const { note: second } = await request("POST", "/notes", { name: "Second" });
    expect(first.id).not.toEqual(second.id);

    expect((await request("PATCH", `/notes/${first.id}`, { name: "New" })).status).toBe(200);
    expect(await request("GET", `/notes/${first.id}`)).toMatchObject({
      status: 200,
      note: { id: first.id, name: "New" },
    });
    expect((await request("GET", "/notes")).note).toEqual([{ id: first.id, name: "New" }, second]);
    expect((await request("DELETE", `/notes/${first.id}`)).status).toBe(200);
    expect((await request("GET", `/notes/${first.id}`)).status).toBe(404);
    expect((await request("GET", `/notes/${second.id}`)).note).toEqual(second);
  });
});

describe("parameters are read according to their style", () => {
  const parameter = (name: string, schema: object, rest: object = {}) => ({
    name,
    in: "query",
    schema,
    ...rest,
  });
  const list = { type: "array", items: { type: "integer" }, maxItems: 3 };
  const spec = documentOf({
    "/search": {
      get: {
        parameters: [
          parameter("ids", list),
          parameter("comma", list, { explode: false }),
          parameter("pipe", list, { style: "pipeDelimited", explode: false }),
          parameter(
            "filter",
            {
              type: "object",
              properties: { size: { type: "integer" } },
              additionalProperties: false,
            },
            { style: "deepObject" },
          ),
          {
            name: "area",
            in: "query",
            ...json({ type: "object", properties: { width: { type: "integer" } } }),
          },
          {
            name: "note",
            in: "query",
            content: { "text/plain": { schema: { type: "string", maxLength: 4 } } },
          },
          {
            name: "x-trace",
            in: "header",
            required: true,
            schema: { type: "string", format: "uuid" },
          },
        ],
        ...answering({ type: "object" }),
      },
    },
    "/page/{number}": {
      get: {
        parameters: [{ name: "number", in: "path", required: true, schema: { type: "integer" } }],
        ...answering({}),
      },
    },
  });
  const trace = { "x-trace": "0b0f1c9e-6f0f-4a43-a5a1-0d3b7a1f4f11" };

  test.each([
    ["ids=1&ids=2", 200],
    ["ids=1&ids=x", 400],
    ["ids=1&ids=2&ids=3&ids=4", 400],
    ["comma=1,2,3", 200],
    ["comma=1,2,3,4", 400],
    ["pipe=1|2", 200],
    ["pipe=1,2", 400],
    ["filter[size]=4", 200],
    ["filter[size]=large", 400],
    ["filter[colour]=red", 400],
    ['area={"width":4}', 200],
    ['area={"width":"large"}', 400],
    ["note=2026", 200],
    ["note=20260", 400],
  ])("?%s is answered %i", async (query, status) => {
    const emulator = await emulatorForTest({ spec });
    const options = { ...openCall, headers: trace };
    const reply = await call(emulator, "GET", `/search?${query}`, undefined, options);
    expect(reply.status).toBe(status);
  });

  test("a missing required header is named, and a path parameter of the wrong type is not found", async () => {
    const emulator = await emulatorForTest({ spec });
    const reply = await call(emulator, "GET", "/search", undefined, openCall);
    expect(reply.body.error?.details?.[0]?.field).toBe("x-trace");
    expect((await call(emulator, "GET", "/page/7", undefined, openCall)).status).toBe(200);
    expect((await call(emulator, "GET", "/page/seven", undefined, openCall)).status).toBe(404);
  });
});

describe("a body has the media type that the document says", () => {
  const upload = {
    type: "object",
    required: ["name", "photo"],
    properties: {
      name: { type: "string", minLength: 2 },
      copies: { type: "integer" },
      frame: { type: "object", properties: { width: { type: "integer" } } },
      toString: { type: "string" },
      photo: { type: "string", format: "binary" },
    },
  };
  const spec = documentOf({
    "/upload": {
      post: {
        requestBody: { required: true, content: { "multipart/form-data": { schema: upload } } },
        ...answering({ type: "object", properties: { name: { type: "string" } } }, 201),
      },
    },
    "/note": {
      post: {
        requestBody: { content: { "text/plain": { schema: { type: "string", minLength: 3 } } } },
        responses: {
          200: {
            description: "Text",
            content: { "text/plain": { schema: { type: "string", const: "noted" } } },
          },
        },
      },
    },
    "/picture": {
      get: { responses: { 200: { description: "A picture", content: { "image/png": {} } } } },
    },
    "/events": {
      get: {
        responses: {
          200: {
            description: "Events",
            content: {
              "text/event-stream": {
                schema: {
                  type: "object",
                  required: ["percent"],
                  properties: { percent: { type: "integer", minimum: 0, maximum: 100 } },
                },
              },
            },
          },
        },
      },
    },
  });
  const send = async (path: string, init: RequestInit = {}) => {
    const emulator = await emulatorForTest({ spec });
    return fetch(emulator.url + path, init);
  };

  test("as a form, with numbers, objects and files", async () => {
    const form = new FormData();
    form.set("name", "Summit");
    form.set("copies", "2");
    form.set("frame", new Blob(['{"width":2}'], { type: "application/json" }));
    form.set("photo", new Blob(["bytes"]), "photo.bin");
    const response = await send("/upload", { method: "POST", body: form });
    expect([response.status, await response.json()]).toEqual([201, { name: "Summit" }]);

    form.set("copies", "two");
    expect((await send("/upload", { method: "POST", body: form })).status).toBe(400);

    form.set("copies", "2");
    form.set("frame", new Blob(['{"width":"2"}'], { type: "application/json" }));
    const refused = await send("/upload", { method: "POST", body: form });
    expect(await refused.json()).toMatchObject({ error: { details: [{ field: "frame.width" }] } });
  });

  test("as text", async () => {
    const headers = { "content-type": "text/plain" };
    const response = await send("/note", { method: "POST", headers, body: "remember" });
    expect([response.headers.get("content-type"), await response.text()]).toEqual([
      "text/plain",
      "noted",
    ]);
    expect((await send("/note", { method: "POST", headers, body: "no" })).status).toBe(400);
  });

  test("as a picture, and as an event stream with valid events", async () => {
    const picture = await send("/picture");
    expect(picture.headers.get("content-type")).toBe("image/png");
    const stream = await send("/events");
    expect(stream.headers.get("content-type")).toBe("text/event-stream");
    const events = (await stream.text()).trim().split("\n\n");
    expect(events.length).toBeGreaterThan(1);
    for (const event of events)
      expect(JSON.parse(event.replace("data: ", ""))).toEqual({
        percent: expect.any(Number) as number,
      });
  });
});

describe("keywords of JSON Schema 2020-12 are enforced", () => {
  test.each<[string, object, unknown, unknown]>([
    ["dependentRequired", { dependentRequired: { a: ["b"] } }, { a: 1, b: 1 }, { a: 1 }],
    [
      "unevaluatedProperties",
      { allOf: [{ properties: { a: {} } }], unevaluatedProperties: false },
      { a: 1 },
      { b: 1 },
    ],
    [
      "if, then and else",
      { if: { required: ["a"] }, then: { required: ["b"] }, else: { required: ["c"] } },
      { c: 1 },
      { a: 1 },
    ],
    [
      "prefixItems",
      { properties: { a: { prefixItems: [{ type: "integer" }], items: false } } },
      { a: [1] },
      { a: [1, 2] },
    ],
    ["const", { properties: { a: { const: "x" } } }, { a: "x" }, { a: "y" }],
    ["propertyNames", { propertyNames: { maxLength: 2 } }, { ab: 1 }, { abc: 1 }],
    [
      "formats",
      { properties: { a: { type: "string", format: "date" } } },
      { a: "2026-11-27" },
      { a: "today" },
    ],
    ["a type list", { properties: { a: { type: ["string", "null"] } } }, { a: null }, { a: 1 }],
  ])("%s", async (_, schema, valid, invalid) => {
    const post = { requestBody: json({ type: "object", ...schema }), ...answering({}) };
    const emulator = await emulatorForTest({ spec: documentOf({ "/any": { post } }) });
    expect((await call(emulator, "POST", "/any", valid, openCall)).status).toBe(200);
    expect((await call(emulator, "POST", "/any", invalid, openCall)).status).toBe(400);
  });
});

describe("authentication follows the document, and nothing else is accepted", () => {
  const securitySchemes = {
    Bearer: { type: "http", scheme: "bearer" },
    Key: { type: "apiKey", in: "header", name: "X-Other-Key" },
  };
  const get = answering({});
  const status = async (security: object[], headers: Record<string, string>) => {
    const spec = documentOf({ "/any": { get } }, { security, components: { securitySchemes } });
    const emulator = await emulatorForTest({ spec });
    return (await call(emulator, "GET", "/any", undefined, { key: "", headers })).status;
  };
  const bearer = { authorization: "Bearer pkz_a" };
  const key = { "x-other-key": "pkz_a" };

  test.each<[string, object[], Record<string, string>, number]>([
    ["a bearer token", [{ Bearer: [] }], bearer, 200],
    ["no key beside a bearer scheme", [{ Bearer: [] }], { "x-api-key": "pkz_a" }, 401],
    ["a key in the named header", [{ Key: [] }], key, 200],
    ["one of two", [{ Key: [] }, { Bearer: [] }], bearer, 200],
    ["both of two", [{ Key: [], Bearer: [] }], key, 401],
    ["nothing, if none is required", [], {}, 200],
    ["nothing, if that is an alternative", [{ Key: [] }, {}], {}, 200],
  ])("%s", async (_, security, headers, expected) => {
    expect(await status(security, headers)).toBe(expected);
  });
});

test("the server's base path is part of the emulator's URL and of every path", async () => {
  const spec = documentOf(
    { "/any": { get: answering({}) } },
    { servers: [{ url: "https://api.example.com/base/" }] },
  );
  const emulator = await emulatorForTest({ spec });
  expect(emulator.url).toMatch(/\/base$/);
  expect((await call(emulator, "GET", "/any", undefined, openCall)).status).toBe(200);
  expect((await call(emulator, "GET", "/_emulator")).status).toBe(200);
  expect((await fetch(new URL("/any", emulator.url))).status).toBe(404);
});

test("an error has the form and a code that the document publishes", async () => {
  const problem = {
    type: "object",
    required: ["code", "title"],
    additionalProperties: false,
    properties: { code: { enum: ["BAD_INPUT", "TEAPOT"] }, title: { type: "string" } },
  };
  const post = {
    requestBody: json({ type: "object", required: ["a"] }),
    responses: {
      ...answering({}).responses,
      "4XX": { description: "Error", content: { "application/problem+json": { schema: problem } } },
    },
  };
  const emulator = await emulatorForTest({ spec: documentOf({ "/any": { post } }) });
  const { status, headers, text } = await call(emulator, "POST", "/any", {}, openCall);
  expect([status, headers.get("content-type")]).toEqual([400, "application/problem+json"]);
  expect(JSON.parse(text)).toEqual({ code: "BAD_INPUT", title: "BAD_INPUT" });
});

test("documented response headers are sent", async () => {
  const get = {
    responses: {
      200: {
        description: "Done",
        headers: {
          "X-RateLimit-Remaining": { required: true, schema: { type: "integer", minimum: 1 } },
        },
      },
    },
  };
  const emulator = await emulatorForTest({ spec: documentOf({ "/any": { get } }) });
  const { headers } = await call(emulator, "GET", "/any", undefined, openCall);
  expect(Number(headers.get("x-ratelimit-remaining"))).toBeGreaterThan(0);
});

test("an operation without a known price costs as much as the most expensive one", async () => {
  const post = answering({ type: "object", properties: { output: { type: "string" } } });
  const emulator = await emulatorForTest({ spec: documentOf({ "/generate": { post } }) });
  await call(emulator, "POST", "/generate", undefined, openCall);
  expect(emulator.ledger.total).toBeGreaterThanOrEqual(thumbnailUsd);
});

describe("a hostile document takes bounded time", () => {
  const emulatorWith = (schema: object, schemas: object = {}) =>
    emulatorForTest({
      spec: documentOf(
        { "/any": { post: { requestBody: json(schema), ...answering({}) } } },
        { components: { schemas } },
      ),
    });

  test("with nested quantifiers in a pattern: the request is refused", async () => {
    const emulator = await emulatorWith({
      type: "object",
      properties: { a: { pattern: "^(a+)+$" } },
    });
    const reply = await call(emulator, "POST", "/any", { a: `${"a".repeat(60)}!` }, openCall);
    expect(reply.status).toBe(400);
  });

  test("with allOf that doubles forty times: the request is refused", async () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 40 }, (_, level) => {
        const next = { $ref: `#/components/schemas/L${level + 1}` };
        return [`L${level}`, { allOf: [next, next] }];
      }),
    );
    const emulator = await emulatorWith(
      { $ref: "#/components/schemas/L0" },
      { ...schemas, L40: {} },
    );
    expect((await call(emulator, "POST", "/any", {}, openCall)).status).toBe(400);
  });

  test("with thousands of levels: the emulator does not start, and says why", async () => {
    let schema: object = {};
    for (let level = 0; level < 3000; level++) schema = { allOf: [schema] };
    await expect(emulatorWith(schema)).rejects.toThrow("nested more than 400 levels deep");
  });
});
