import { expect, test } from "vitest";
import { errorPath, publishedCodes } from "../../scripts/generate/errors/published-codes.js";
import { nextVersion } from "./support/next-version.js";

const text = { type: "string" };
const code = { type: "string", enum: ["OUT_OF_TEA", "NO_CUP"] };
const object = (properties: object) => ({ type: "object", properties });
const problem = object({ code, message: text });

function documentOf(...failures: object[]) {
  const responses = failures.map((schema, index): [string, object] => [
    String(400 + index),
    { description: "Error", content: { "application/problem+json": { schema } } },
  ]);
  const ok = { description: "OK", content: { "application/json": { schema: object({}) } } };
  return {
    openapi: "3.1.0",
    info: { title: "Failing", version: "v1" },
    servers: [{ url: "https://failing.example" }],
    paths: { "/v2/tea": { get: { responses: { 200: ok, ...Object.fromEntries(responses) } } } },
  };
}

const FORMS = [
  ["in error", object({ error: problem }), undefined, { error: { code: "NO_CUP" } }],
  ["at the top", problem, [], { code: "NO_CUP" }],
  ["in another property", object({ fault: problem }), ["fault"], { fault: { code: "NO_CUP" } }],
  [
    "in a list",
    object({ errors: { type: "array", items: problem } }),
    ["errors", "0"],
    { errors: [{ code: "NO_CUP" }] },
  ],
] as const;

test.each(FORMS)("error codes are found %s of a failure", (_where, schema, path) => {
  const document = documentOf(schema, schema, object({ detail: text }));
  expect([...publishedCodes(document).keys()]).toEqual(code.enum);
  expect(errorPath(document)).toEqual(path);
});

test.each(FORMS)(
  "the client reads a code that is %s of a failure",
  async (...[, schema, , body]) => {
    const version = await nextVersion(documentOf(schema));
    const { createPikzels } = await version.load();
    const { tea } = createPikzels({
      apiKey: "pkz_test",
      fetch: () => Promise.resolve(Response.json(body, { status: 400 })),
    }) as unknown as { tea: { get: () => Promise<unknown> } };
    await expect(tea.get()).rejects.toMatchObject({ name: "PikzelsApiError", code: "NO_CUP" });
    await version.remove();
  },
);

test("a document whose failures have no codes makes a client that compiles", async () => {
  const version = await nextVersion(documentOf(object({ error: object({ code: text }) })));
  expect(version.typeErrors('import "pikzels-client";')).toEqual([]);
  await version.remove();
});
