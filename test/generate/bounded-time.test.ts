import { describe, expect, test } from "vitest";
import { generatedCode } from "./support/generated-code.js";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** A document whose only operation takes this body. */
function taking(schema: object, schemas: object = {}, openapi = "3.1.0") {
  const content = { "application/json": { schema } };
  const post = {
    operationId: "a",
    requestBody: { content },
    responses: { 204: { description: "" } },
  };
  return {
    openapi,
    info: { title: "Bounds", version: "1" },
    paths: { "/a": { post } },
    components: { schemas },
  };
}

/** A chain of schemas, each made by `link` from the next one. */
function chain(length: number, link: (next: object) => object) {
  const end = { type: "object", properties: { a: { type: "string" } }, required: ["a"] };
  return Object.fromEntries(
    Array.from({ length }, (_, index) => [
      `S${index}`,
      index === length - 1 ? end : link(ref(`S${index + 1}`)),
    ]),
  );
}

describe("no document takes generate more than a moment:", () => {
  test.each([
    ["allOf that doubles over 45 levels", chain(45, (next) => ({ allOf: [next, next] }))],
    ["oneOf that doubles over 45 levels", chain(45, (next) => ({ oneOf: [next, next] }))],
    ["anyOf that doubles over 45 levels", chain(45, (next) => ({ anyOf: [next, next] }))],
    ["a chain of 3,000 references", chain(3_000, (next) => next)],
  ])("%s", async (_, schemas) => {
    const { code } = await generatedCode(taking(ref("S0"), schemas));
    expect(code["operations.ts"]).toContain('path: "/a"');
  });

  test("a pattern with nested quantifiers, which is not an image pattern", async () => {
    const image = { type: "string", pattern: String.raw`^((h|t|p|s|:|/|[a-z]|\.|.)*)*!$` };
    const { code } = await generatedCode(taking({ type: "object", properties: { image } }));
    expect(code["operations.ts"]).not.toContain("images: {");
  });

  test("keywords and fields named like members of JavaScript objects", async () => {
    const { code } = await generatedCode(
      taking({
        type: "object",
        constructor: { a: 1 },
        toString: ["x"],
        properties: { constructor: { type: "string" }, valueOf: { type: "string" } },
        oneOf: [{ required: ["constructor"] }, { required: ["valueOf"] }],
      }),
    );
    expect(code["operations.ts"]).toContain(
      'rules: [{ kind: "exactly-one", fields: ["constructor", "valueOf"] }]',
    );
  });
});

describe("generate reports the position of what cannot be typed:", () => {
  test("a schema that only refers to itself", async () => {
    const schemas = {
      A: { anyOf: [ref("B"), { type: "string" }] },
      B: { anyOf: [ref("A"), { type: "number" }] },
    };
    await expect(generatedCode(taking({}, schemas))).rejects.toThrow(
      /api\.json:\d+:\d+: refers to itself without a property or an array in between/,
    );
  });

  test("a value that is not a schema", async () => {
    await expect(generatedCode(taking({}, { A: "text", B: [] }))).rejects.toThrow(
      /api\.json:\d+:\d+: is not a schema\n.*api\.json:\d+:\d+: is not a schema$/,
    );
  });
});

describe("OpenAPI 3.2", () => {
  test("is read as 3.1, and its new keywords are reported", async () => {
    const document = taking({ type: "object", properties: { a: { type: "string" } } }, {}, "3.2.0");
    const { code, warnings } = await generatedCode({
      ...document,
      paths: { "/a": { ...document.paths["/a"], query: {}, additionalOperations: { COPY: {} } } },
    });
    expect(code["schema.ts"]).toContain("a?: string;");
    expect(warnings.map((warning) => warning.replace(/^.*:\d+:\d+: /, ""))).toEqual([
      "additionalOperations is new in OpenAPI 3.2 and not read; the rest is read as 3.1",
      "query is new in OpenAPI 3.2 and not read; the rest is read as 3.1",
    ]);
  });

  test("is the newest version that generate reads", async () => {
    await expect(generatedCode(taking({}, {}, "3.3.0"))).rejects.toThrow(
      "is not an OpenAPI 3.0, 3.1 or 3.2 document",
    );
  });
});
