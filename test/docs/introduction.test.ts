import { describe, expect, test } from "vitest";
import { documentedOperations } from "../../scripts/docs/documented-operations.js";
import { introductionOf } from "../../scripts/docs/introduction.js";
import type { OperationFacts } from "../../src/generated/operations.js";

const json = (schema: object, example?: object) => ({
  content: { "application/json": { schema, ...(example && { example }) } },
});
const object = (properties: object, required: string[] = []) => ({
  type: "object",
  properties,
  required,
});
const image = object({ output: { type: "string" } }, ["output"]);
const post = (answer: object, example: object) => ({
  post: {
    requestBody: { required: true, ...json(object({}), example) },
    responses: { 200: { description: "Done", ...json(answer) } },
  },
});

/** The operations of an invented document, which the client calls by their paths. */
const programsFor = (paths: Record<string, object>, paid?: string) => {
  const document = { openapi: "3.1.0", paths };
  const facts = Object.entries(paths).map(([path, item]): [string, OperationFacts] => {
    const method = "post" in item ? "POST" : "GET";
    const images = { image_url: { pattern: "^https://" } };
    return [path, { method, path, name: `made.${path.slice(1)}`, images }];
  });
  const documented = documentedOperations(document, Object.fromEntries(facts));
  const isPaid = ({ id }: { id: string }) => id === paid;
  const { short, whole } = introductionOf(document, documented, isPaid);
  return [short, whole];
};

const list = { get: { responses: { 200: { description: "Done", ...json(object({})) } } } };

describe("the programs that introduce the client", () => {
  test.each([
    [
      "make an image from as little as possible",
      programsFor({
        "/list": list,
        "/edit": post(image, { image_url: "https://a.example/b.png" }),
        "/draw": post(image, { prompt: "A summit" }),
      }),
      'const image = await pikzels.made.draw({ prompt: "A summit" });',
      'await downloadTo(image, "image.png");',
    ],
    [
      "call a paid operation if none makes an image",
      programsFor({ "/list": list, "/sum": post(object({}), { of: 1 }) }, "/sum"),
      "const answer = await pikzels.made.sum({ of: 1 });",
      "console.log(answer);",
    ],
    [
      "do not save an output that may be missing or null",
      programsFor({
        "/list": list,
        "/null": post(object({ output: { type: ["string", "null"] } }, ["output"]), {}),
        "/missing": post(object({ output: { type: "string" } }), {}),
      }),
      "const answer = await pikzels.made.list();",
      "console.log(answer);",
    ],
  ])("%s", (_title, programs, call, use) => {
    for (const program of programs) {
      expect(program).toContain(call);
      expect(program).toContain(use);
      expect(program.includes("pikzels-client/node")).toBe(use.includes("downloadTo"));
    }
  });
});
