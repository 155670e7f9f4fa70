import { expect, test } from "vitest";
import { nextVersion } from "./support/next-version.js";

const responses = { 204: { description: "Done" } };
const get = { operationId: "a", responses };

function documentOf(more: object, item: object) {
  return {
    openapi: "3.0.3",
    info: { title: "Elsewhere", version: "v1" },
    servers: [{ url: "https://one.example" }],
    paths: { "/v1/a": { get, ...item }, "/v1/b": { get: { responses } } },
    ...more,
  };
}

const schemes = (scheme: object) => ({
  security: [{ key: [] }],
  components: { securitySchemes: { key: scheme } },
});

test.each([
  [
    "an operation has a server of its own",
    { get: { ...get, servers: [{ url: "https://two.example" }] } },
  ],
  ["a path has a server of its own", { servers: [{ url: "https://two.example" }] }],
])("generate refuses, in one line, a document in which %s", async (_what, item) => {
  await expect(nextVersion(documentOf({}, item))).rejects.toThrow(
    /^[^\n]*is at https:\/\/two\.example, but [^\n]* to https:\/\/one\.example; [^\n]*$/,
  );
});

test.each([
  ["in the query", { type: "apiKey", in: "query", name: "key" }],
  ["in a cookie", { type: "apiKey", in: "cookie", name: "key" }],
  ["by a password", { type: "http", scheme: "basic" }],
])("generate refuses, in one line, a document that authenticates only %s", async (_how, scheme) => {
  await expect(nextVersion(documentOf(schemes(scheme), {}))).rejects.toThrow(
    /^[^\n]*cannot authenticate with key[^\n]*, nor to any other operation; [^\n]*$/,
  );
});

const cookie = (more: object) => ({
  get: {
    ...get,
    parameters: [{ name: "session", in: "cookie", schema: { type: "string" }, ...more }],
  },
});

test("generate refuses, in one line, a document in which an operation requires a cookie", async () => {
  await expect(nextVersion(documentOf({}, cookie({ required: true })))).rejects.toThrow(
    /^[^\n]*requires the cookie session, but the client sends none; [^\n]*$/,
  );
});

test("a cookie that may be left out is a warning", async () => {
  const version = await nextVersion(documentOf({}, cookie({})));
  expect(version.warnings.join("\n")).toMatch(/sends no cookies, so not the parameter session/);
  await version.remove();
});

test("one operation that cannot be authenticated is a warning", async () => {
  const item = { get: { ...get, security: [] } };
  const version = await nextVersion(documentOf(schemes({ type: "http", scheme: "basic" }), item));
  expect(version.warnings.join("\n")).toMatch(/cannot authenticate with key/);
  await version.remove();
});
