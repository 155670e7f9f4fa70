import type { IncomingMessage } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serve } from "../support/loopback.js";
import { nextVersion, type NextVersion } from "./support/next-version.js";

const text = { type: "string" };
const json = (schema: object) => ({ content: { "application/json": { schema } } });
const ok = (schema: object) => ({ 200: { description: "OK", ...json(schema) } });
const parameter = (place: string, name: string, schema: object, more: object = {}) => ({
  in: place,
  name,
  schema,
  ...(place === "path" ? { required: true } : {}),
  ...more,
});
const raw = (mediaType: string, schema: object = { type: "string", format: "binary" }) => ({
  content: { [mediaType]: { schema } },
});
/** None of the codes of the current version; inline and without a name. */
const failure = {
  default: {
    description: "Error",
    ...json({
      type: "object",
      properties: {
        error: { type: "object", properties: { code: { enum: ["OUT_OF_TEA"] }, message: text } },
      },
    }),
  },
};
/** The same, in another media type and for a range of statuses. */
const problem = {
  "4XX": {
    description: "Error",
    content: { "application/problem+json": failure.default.content["application/json"] },
  },
};
const thumbnail = {
  type: "object",
  required: ["output"],
  properties: { output: text },
};

/** A document with what the current one lacks: each kind of parameter, body and response. */
const DOCUMENT = {
  openapi: "3.1.0",
  info: { title: "Moved", version: "v2" },
  servers: [
    {
      url: "https://{region}.moved.example/base/",
      variables: { region: { default: "eu" } },
    },
  ],
  security: [{ token: [] }],
  components: {
    securitySchemes: {
      token: { type: "http", scheme: "bearer" },
      key: { type: "apiKey", in: "header", name: "X-Other-Key" },
    },
  },
  paths: {
    "/v2/thumbnail": {
      get: {
        summary: "List thumbnails",
        parameters: [
          parameter("query", "limit", { type: "integer" }, { required: true }),
          parameter("query", "tag", { type: "array", items: text }),
          parameter("query", "ids", { type: "array", items: text }, { explode: false }),
          parameter("query", "filter", { type: "object" }, { style: "deepObject", explode: true }),
          {
            in: "query",
            name: "area",
            ...json({ type: "object", properties: { width: { type: "integer" } } }),
          },
        ],
        responses: { ...ok({ type: "array", items: thumbnail }), ...failure },
      },
    },
    "/v2/thumbnail/{number}/variant/{path}": {
      get: {
        parameters: [
          parameter("path", "number", { type: "integer" }),
          parameter("path", "path", { type: "array", items: text }, { style: "label" }),
        ],
        responses: ok(thumbnail),
      },
    },
    "/v2/thumbnail/{number}": {
      parameters: [parameter("path", "number", { type: "integer" })],
      delete: { responses: { 204: { description: "Deleted" } } },
    },
    "/v2/upload": {
      post: {
        requestBody: {
          required: true,
          ...raw("multipart/form-data", {
            type: "object",
            required: ["file"],
            properties: {
              file: { type: "string", format: "binary" },
              tags: { type: "array", items: text },
              about: { type: "object", properties: { title: text } },
            },
          }),
        },
        responses: {
          201: { description: "Created", ...json(thumbnail) },
          204: { description: "There already" },
        },
      },
    },
    "/v2/upload/raw": {
      put: {
        requestBody: { required: true, ...raw("application/octet-stream") },
        responses: { default: { description: "OK", ...json(thumbnail) } },
      },
    },
    "/v2/upload/form": {
      post: {
        requestBody: raw("application/x-www-form-urlencoded", {
          type: "object",
          properties: { a: text, b: { type: "array", items: { type: "integer" } } },
        }),
        responses: { "2XX": { description: "OK", ...json(thumbnail) } },
      },
    },
    "/v2/note": {
      post: {
        requestBody: { required: true, ...raw("text/plain", text) },
        responses: { 200: { description: "OK", ...raw("text/csv", text) } },
      },
    },
    "/v2/export/{id}": {
      get: {
        parameters: [parameter("path", "id", text)],
        responses: { 200: { description: "OK", ...raw("image/png") }, ...problem },
      },
    },
    "/v3/thumbnail/text": {
      post: {
        requestBody: {
          required: true,
          ...json({ type: "object", required: ["prompt"], properties: { prompt: text } }),
        },
        responses: { 200: { description: "OK", ...raw("text/event-stream", text) } },
      },
    },
    "/v2/batch": {
      post: {
        security: [{ key: [] }],
        parameters: [parameter("header", "X-Team", text, { required: true })],
        requestBody: {
          required: true,
          ...json({
            type: "object",
            properties: {
              image_url: { type: "string", pattern: "^https://" },
              image_base64: { type: "string", pattern: "^data:image/" },
            },
            oneOf: [{ required: ["image_url"] }, { required: ["image_base64"] }],
          }),
        },
        responses: {
          202: {
            description: "Accepted",
            ...json({ type: "object", required: ["id"], properties: { id: text } }),
          },
        },
      },
    },
    "/v2/batch/{id}": {
      get: {
        security: [],
        parameters: [parameter("path", "id", text)],
        responses: ok({
          type: "object",
          properties: {
            status: { enum: ["queued", "completed", "failed"] },
            result: { type: ["string", "null"], description: "The result; null until completed" },
          },
        }),
      },
    },
  },
};

/** What a caller of that version would write. */
const PROGRAM = `
import { createPikzels, type ThumbnailsListResponse, type UploadCreateBody } from "pikzels-client";
const pikzels = createPikzels();
const list: ThumbnailsListResponse = await pikzels.thumbnails.list({ query: { limit: 1, tag: ["a"] } });
list[0]?.output.length;
await pikzels.thumbnails.list({ query: { limit: 1, area: { width: 2 } } });
const { output } = await pikzels.thumbnails.variant(7, ["a", "b"]);
output.length;
const gone: undefined = await pikzels.thumbnails.delete(7);
const body: UploadCreateBody = { file: new Blob([]), tags: ["a"], about: { title: "a" } };
await pikzels.upload.create(body);
await pikzels.upload.create(new FormData());
await pikzels.upload.raw(new Uint8Array(1));
await pikzels.upload.form({ a: "b", b: [1] });
await pikzels.upload.form();
const csv: string = await pikzels.note.create("a");
const picture: Blob = await pikzels.export.get("a");
const events: ReadableStream<Uint8Array> = await pikzels.thumbnails.textV3({ prompt: "a" });
const { id } = await pikzels.batch.create({ image_url: "https://a" }, { headers: { "X-Team": "a" } });
const { result } = await pikzels.batch.waitUntilReady(id);
result.length;
const viaApi = await pikzels.api.GET("/v2/thumbnail", { params: { query: { limit: 1 } } });
viaApi.data?.[0]?.output;
const blob = await pikzels.api.GET("/v2/export/{id}", { params: { path: { id: "a" } } });
blob.data?.size;
const code: "OUT_OF_TEA" | undefined = blob.error?.error?.code;
await pikzels.api.POST("/v2/upload", { body });
// @ts-expect-error -- a required query parameter
await pikzels.thumbnails.list();
// @ts-expect-error -- a text in place of what is written as JSON
await pikzels.thumbnails.list({ query: { limit: 1, area: "2" } });
// @ts-expect-error -- a required header
await pikzels.batch.create({ image_url: "https://a" });
// @ts-expect-error -- both images
await pikzels.batch.create({ image_url: "", image_base64: "" }, { headers: { "X-Team": "a" } });
// @ts-expect-error -- a text in place of a number
await pikzels.thumbnails.delete("7");
// @ts-expect-error -- nothing for a file
await pikzels.upload.create({ tags: [] });
`;

interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage["headers"];
  body: string;
}

describe("a client of a spec with every kind of parameter, body and response", () => {
  let next: NextVersion;
  let client: Awaited<ReturnType<NextVersion["load"]>>;
  beforeAll(async () => {
    next = await nextVersion(DOCUMENT);
    client = await next.load();
  }, 120_000);
  afterAll(() => next.remove());

  /**
   * A client of a server that gives the same answer to everything, and the requests that it
   * received.
   */
  async function connect(
    status: number,
    type: string,
    answer: string,
  ): Promise<{ pikzels: Record<string, Record<string, Method>>; seen: Seen[] }> {
    const seen: Seen[] = [];
    const { url } = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { method = "", url: path = "", headers } = request;
        seen.push({ method, url: path, headers, body: String(Buffer.concat(chunks)) });
        response.writeHead(status, status === 204 ? {} : { "content-type": type });
        response.end(status === 204 ? undefined : answer);
      });
    });
    const pikzels = client.createPikzels({ apiKey: "pkz_next", baseUrl: `${url}/base` });
    return { pikzels: pikzels as never, seen };
  }
  type Method = (...args: unknown[]) => Promise<unknown>;
  const answering = (value: unknown, status = 200) =>
    connect(status, "application/json", JSON.stringify(value));

  test("compiles, together with a caller's program", () => {
    expect(next.typeErrors(PROGRAM)).toEqual([]);
    expect(next.warnings).toEqual([]);
  }, 120_000);

  test("has the default address of the document, including its path", async () => {
    const urls: string[] = [];
    const fetch = (url: string) => {
      urls.push(url);
      return Promise.resolve(Response.json({ status: "queued" }));
    };
    const pikzels = client.createPikzels({ apiKey: "pkz_next", fetch }) as never as {
      batch: Record<string, Method>;
    };
    await pikzels.batch["get"]?.("a");
    expect(urls).toEqual(["https://eu.moved.example/base/v2/batch/a"]);
  });

  test("writes query parameters in their styles, and returns a list", async () => {
    const { pikzels, seen } = await answering([{ output: "a" }]);
    const query = {
      limit: 2,
      tag: ["a b", "c"],
      ids: ["1", "2"],
      filter: { name: "x&y" },
      area: { width: 2 },
    };
    expect(await pikzels["thumbnails"]?.["list"]?.({ query })).toEqual([{ output: "a" }]);
    expect(seen[0]?.url).toBe(
      "/base/v2/thumbnail?limit=2&tag=a%20b&tag=c&ids=1,2&filter[name]=x%26y&area=%7B%22width%22%3A2%7D",
    );
  });

  test("refuses a missing required query parameter before anything is sent", async () => {
    const { pikzels, seen } = await answering([]);
    await expect(pikzels["thumbnails"]?.["list"]?.()).rejects.toThrow("query parameter limit");
    expect(seen).toEqual([]);
  });

  test("writes path parameters in their styles", async () => {
    const { pikzels, seen } = await answering({ output: "a" });
    await pikzels["thumbnails"]?.["variant"]?.(7, ["a b", "c"]);
    expect(seen[0]?.url).toBe("/base/v2/thumbnail/7/variant/.a%20b,c");
    await expect(pikzels["thumbnails"]?.["variant"]?.(7, [".."])).rejects.toThrow(
      "change the path",
    );
  });

  test("sends a bearer token, another header, or no key, as each operation says", async () => {
    const { pikzels, seen } = await answering({ id: "a", status: "queued" });
    await pikzels["thumbnails"]?.["variant"]?.(7, ["a"]);
    await pikzels["batch"]?.["create"]?.(
      { image_url: "https://example.com/a.png" },
      { headers: { "X-Team": "red" } },
    );
    await pikzels["batch"]?.["get"]?.("a");
    expect(seen.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer pkz_next",
      undefined,
      undefined,
    ]);
    expect(seen.map(({ headers }) => headers["x-other-key"])).toEqual([
      undefined,
      "pkz_next",
      undefined,
    ]);
    expect(seen[1]?.headers["x-team"]).toBe("red");
  });

  test("turns an object with a Blob into a form, with one part per list item and objects as JSON", async () => {
    const { pikzels, seen } = await answering({ output: "a" }, 201);
    const file = new Blob(["bytes"], { type: "image/png" });
    await pikzels["upload"]?.["create"]?.({ file, tags: ["a", "b"], about: { title: "t" } });
    const { headers, body } = seen[0] ?? { headers: {}, body: "" };
    const form = await new Response(body, {
      headers: { "content-type": String(headers["content-type"]) },
    }).formData();
    expect(await (form.get("file") as File).text()).toBe("bytes");
    expect(form.getAll("tags")).toEqual(["a", "b"]);
    expect(await (form.get("about") as File).text()).toBe('{"title":"t"}');
  });

  test("sends bytes, text and url-encoded forms unchanged", async () => {
    const { pikzels, seen } = await answering({ output: "a" });
    await pikzels["upload"]?.["raw"]?.(new TextEncoder().encode("bytes"));
    await pikzels["upload"]?.["form"]?.({ a: "b c", b: [1, 2] });
    expect(seen.map(({ headers, body }) => [headers["content-type"], body])).toEqual([
      ["application/octet-stream", "bytes"],
      ["application/x-www-form-urlencoded", "a=b+c&b=1&b=2"],
    ]);
  });

  test("resolves to a string for text, a Blob for a picture, and a stream for events", async () => {
    const csv = await connect(200, "text/csv", "a,b");
    expect(await csv.pikzels["note"]?.["create"]?.("x")).toBe("a,b");
    expect(csv.seen[0]?.headers["content-type"]).toBe("text/plain");

    const png = await connect(200, "image/png", "png");
    const picture = (await png.pikzels["export"]?.["get"]?.("a")) as Blob;
    expect([picture.type, await picture.text()]).toEqual(["image/png", "png"]);

    const events = await connect(200, "text/event-stream", "data: 1\n\n");
    const stream = await events.pikzels["thumbnails"]?.["textV3"]?.({ prompt: "x" });
    expect(await new Response(stream as ReadableStream).text()).toBe("data: 1\n\n");
  });

  test("resolves to undefined for a 204, even if another success has content", async () => {
    const upload = await connect(204, "", "");
    expect(await upload.pikzels["upload"]?.["create"]?.({ file: new Blob([]) })).toBeUndefined();
    const { pikzels, seen } = await connect(204, "", "");
    expect(await pikzels["thumbnails"]?.["delete"]?.(7)).toBeUndefined();
    expect(seen[0]).toMatchObject({ method: "DELETE", url: "/base/v2/thumbnail/7" });
  });

  test("can wait for a job", async () => {
    const { pikzels } = await answering({ status: "completed", result: "https://a" });
    expect(await pikzels["batch"]?.["waitUntilReady"]?.("a")).toMatchObject({
      result: "https://a",
    });
  });

  test("writes and reads the same through api as through methods", async () => {
    type Api = Record<string, (path: string, options?: object) => Promise<{ data: unknown }>>;
    const { pikzels, seen } = await answering([{ output: "a" }]);
    const api = pikzels["api"] as unknown as Api;
    const params = { query: { limit: 2, ids: ["1", "2"] } };
    expect((await api["GET"]?.("/v2/thumbnail", { params }))?.data).toEqual([{ output: "a" }]);
    const object = await answering({ output: "a" });
    const posting = object.pikzels["api"] as unknown as Api;
    await posting["POST"]?.("/v2/upload", { body: { file: new Blob(["bytes"]), tags: ["a"] } });
    expect(seen[0]?.url).toBe("/base/v2/thumbnail?limit=2&ids=1,2");
    expect(object.seen[0]?.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
    expect(object.seen[0]?.body).toContain("bytes");

    const png = await connect(200, "image/png", "png");
    const path = { id: "a" };
    const got = await (png.pikzels["api"] as unknown as Api)["GET"]?.("/v2/export/{id}", {
      params: { path },
    });
    expect(await (got?.data as Blob).text()).toBe("png");
  });
});
