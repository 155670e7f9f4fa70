import { describe, expect, test } from "vitest";
import { call, emulatorForTest } from "./support.js";

const json = (schema: object) => ({ content: { "application/json": { schema } } });
const answering = (schema: object) => ({
  responses: { 200: { description: "Done", ...json(schema) } },
});
const string = { type: "string" };
const object = (properties: object, rest: object = {}) => ({ type: "object", properties, ...rest });

/** Jobs that take time, and notes that do not. */
const job = object({ job_id: string, state: { enum: ["queued", "done"] } });
const note = object({ id: string, text: string });
const taking = (schema: object) => ({ requestBody: json(schema), ...answering({}) });
const errors = (code: string) => ({
  description: "Error",
  ...json(object({ error: object({ code: { enum: [code] } }) })),
});

const paths = {
  "/jobs": { post: answering(job) },
  "/jobs/{job_id}": { get: answering(job), patch: answering(job) },
  "/jobs/{job_id}/start": { post: answering(object({ started: string })) },
  "/imports": { post: answering(object({ job_id: string })) },
  "/notes": { post: { requestBody: json(note), ...answering(note) } },
  "/notes/{id}": { get: answering(note) },
  "/uses": { post: taking(object({ job_id: string, note_id: string })) },
};

/** An emulator for these paths, and a function that calls it. */
async function emulatorOf(given: object = {}, options: object = {}) {
  const info = { title: "Invented", version: "1" };
  const spec = { openapi: "3.1.0", info, paths: { ...paths, ...given } };
  const emulator = await emulatorForTest({ spec, trainingMs: 1000, ...options });
  const request = async (method: string, path: string, body?: object) => {
    const { status, text } = await call(emulator, method, path, body, { key: "" });
    return { status, body: JSON.parse(text) as Record<string, unknown> };
  };
  const create = async (path: string, name: string) =>
    String((await request("POST", path)).body[name]);
  return { emulator, request, create };
}

describe("a kind of resource", () => {
  test("does not have what another kind has under its id", async () => {
    const { request, create } = await emulatorOf();
    const [jobId, noteId] = [await create("/jobs", "job_id"), await create("/notes", "id")];
    expect((await request("GET", `/jobs/${jobId}`)).status).toBe(200);
    expect((await request("GET", `/notes/${noteId}`)).status).toBe(200);
    expect((await request("GET", `/notes/${jobId}`)).status).toBe(404);
    expect((await request("PATCH", `/jobs/${noteId}`)).status).toBe(404);
  });

  test("may be created at another path, by an answer with the name of its parameter", async () => {
    const { request, create } = await emulatorOf();
    const id = await create("/imports", "job_id");
    expect((await request("GET", `/jobs/${id}`)).body).toMatchObject({ job_id: id });
  });

  test("that nothing creates has every id: it is read, changed and deleted", async () => {
    const thing = answering(object({ id: string }));
    const { request } = await emulatorOf({
      "/things/{id}": { get: thing, put: thing, patch: thing, delete: thing },
    });
    for (const method of ["GET", "PUT", "PATCH", "DELETE"])
      expect([method, (await request(method, "/things/any")).status]).toEqual([method, 200]);
  });

  test("is not what can only be posted to, nor what another segment follows", async () => {
    const { request } = await emulatorOf({ "/tasks/{id}": { post: answering({}) } });
    expect((await request("POST", "/tasks/any")).status).toBe(200);
    expect((await request("POST", "/jobs/any/start")).status).toBe(200);
  });

  test("whose states have none for a failure stays in the one for work", async () => {
    const { emulator, request } = await emulatorOf();
    emulator.failTraining(1);
    const { body } = await request("POST", "/jobs");
    emulator.advance(1000);
    const path = `/jobs/${String(body["job_id"])}`;
    expect((await request("GET", path)).body).toMatchObject({ state: "queued" });
  });
});

describe("a field named after the parameter of a resource refers to one", () => {
  const use = async (job_id: string, given: object = {}) => {
    const { emulator, request, create } = await emulatorOf(given);
    const id = await create("/jobs", "job_id");
    const again = async () =>
      (await request("POST", "/uses", { job_id: job_id === "own" ? id : job_id })).body;
    const before = await again();
    emulator.advance(1000);
    return [before, await again()].map((body) => body["error"]);
  };

  test("that exists and is ready", async () => {
    expect(await use("own")).toMatchObject([{ code: "CONFLICT" }, undefined]);
    expect(await use("0b0f1c9e-6f0f-4a43-a5a1-0d3b7a1f4f11")).toMatchObject([
      { code: "NOT_FOUND" },
      { code: "NOT_FOUND" },
    ]);
  });

  test("by an id that is well formed, if the document publishes a code for one that is not", async () => {
    const { post } = paths["/uses"];
    const responses = { ...post.responses, 400: errors("INVALID_JOB_ID") };
    const given = { "/uses": { post: { ...post, responses } } };
    expect(await use("no-uuid", given)).toMatchObject([
      { code: "INVALID_JOB_ID" },
      { code: "INVALID_JOB_ID" },
    ]);
    expect(await use("no-uuid")).toMatchObject([{ code: "NOT_FOUND" }, { code: "NOT_FOUND" }]);
  });
});

test("a rule of the service whose code a document does not publish is not one of that document", async () => {
  const { request } = await emulatorOf({
    "/thumbnails": { post: taking(object({ model: string, support_image_url: string })) },
  });
  const body = { model: "pkz_2", support_image_url: "https://images.example.com/a.png" };
  expect((await request("POST", "/thumbnails", body)).status).toBe(200);
});

test("a refusal has the first code of a document that publishes none for its status", async () => {
  const responses = { ...answering({}).responses, 400: errors("NAME_RESERVED") };
  const post = { requestBody: { required: true, ...json(note) }, responses };
  const { request } = await emulatorOf({ "/strict": { post } });
  const { status, body } = await request("POST", "/strict");
  expect([status, body["error"]]).toMatchObject([400, { code: "NAME_RESERVED" }]);
});

describe("an answer about resources", () => {
  const picture = { type: ["string", "null"], format: "uri" };
  const made = object({
    id: string,
    created_at: { ...string, format: "date-time" },
    text: string,
    nickname: { type: ["string", "null"] },
    cover: object({ url: string }),
    result_url: picture,
    state: { enum: ["queued", "done"] },
  });
  const list = object({
    items: { type: "array", items: made },
    total_count: { type: "integer" },
    has_more: { type: "boolean" },
    next_cursor: { type: ["string", "null"] },
    previous: string,
  });
  const given = {
    "/albums": {
      get: answering(list),
      post: { requestBody: json(object({ text: string, nickname: {} })), ...answering(made) },
    },
    "/albums/{id}": { get: answering(made) },
  };

  test("says when one was created, what nobody has set, and what is not made yet", async () => {
    const { emulator, request } = await emulatorOf(given);
    const createdAt = emulator.now().toISOString();
    const { body } = await request("POST", "/albums", { text: "First" });
    emulator.advance(500);
    expect((await request("GET", `/albums/${String(body["id"])}`)).body).toEqual({
      id: body["id"],
      created_at: createdAt,
      text: "First",
      nickname: null,
      cover: { url: expect.any(String) as string },
      result_url: null,
      state: "queued",
    });
  });

  test("lists all of them on one page", async () => {
    const { request } = await emulatorOf(given);
    await request("POST", "/albums", { text: "First" });
    await request("POST", "/albums", { text: "Second" });
    expect((await request("GET", "/albums")).body).toEqual({
      items: [
        expect.objectContaining({ text: "First" }) as object,
        expect.objectContaining({ text: "Second" }) as object,
      ],
      total_count: 2,
      has_more: false,
      next_cursor: null,
      previous: expect.any(String) as string,
    });
  });
});

describe("pictures in an answer", () => {
  const answer = async (properties: object) => {
    const required = Object.keys(properties);
    const post = answering(object({ request_id: string, ...properties }, { required }));
    const { emulator } = await emulatorOf({ "/make": { post } });
    const { text, headers } = await call(emulator, "POST", "/make", {}, { key: "" });
    const body = JSON.parse(text) as Record<string, unknown>;
    expect(body["request_id"]).toBe(headers.get("x-request-id"));
    return body;
  };
  const typeAt = async (address: unknown) =>
    (await fetch(String(address))).headers.get("content-type");

  test("are each another one in a list of addresses, as many as it takes", async () => {
    const urls = { type: "array", items: { ...string, format: "uri" } };
    const { output, image } = await answer({ output: urls, image: { ...urls, maxItems: 2 } });
    expect([output, image].map((list) => (list as string[]).length)).toEqual([3, 2]);
    expect(new Set(output as string[]).size).toBe(3);
    for (const address of output as string[]) expect(await typeAt(address)).toBe("image/png");
  });

  test.each([
    ["of the format uri", { format: "uri" }],
    ["of the format url", { format: "url" }],
    ["without a format", {}],
  ])("have an address in a property %s that is named after one", async (_what, rules) => {
    const { picture } = await answer({ picture: { ...string, ...rules } });
    expect(await typeAt(picture)).toBe("image/png");
  });

  test.each<[string, object, unknown]>([
    ["of another format", { ...string, format: "uuid" }, expect.stringMatching(/^[\da-f-]{36}$/)],
    ["with a list of values", { enum: ["small"] }, "small"],
    ["that is an object", object({ url: string }), { url: expect.any(String) as string }],
    [
      "that is a list of objects",
      { type: "array", items: object({ width: { const: 1 } }) },
      [{ width: 1 }],
    ],
  ])("are not addresses in a property %s", async (_what, schema, expected) => {
    expect(await answer({ output: schema })).toMatchObject({ output: expected });
  });
});
