import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { generatedFiles } from "../../scripts/generate/generated-files.js";
import { compileErrors } from "./support/compile.js";
import { sampleKnowledge } from "../support/sample-api-files.js";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "generate-"));
});

afterEach(() => rm(folder, { recursive: true }));

async function generate(document: object | string, name = "api.json") {
  const file = join(folder, name);
  await writeFile(file, typeof document === "string" ? document : JSON.stringify(document));
  const generated = await generatedFiles(file, sampleKnowledge);
  const modules = [...generated.files].filter(([module]) => module.endsWith(".ts"));
  const code = Object.fromEntries(modules);
  return { ...generated, code, compile: (more = {}) => compileErrors({ ...code, ...more }) };
}

function api(paths: object, more: object = {}) {
  return { openapi: "3.0.3", info: { title: "Other API", version: "1" }, paths, ...more };
}

const json = (schema: object) => ({ content: { "application/json": { schema } } });
const ok = { 200: { description: "OK", ...json({ type: "string" }) } };
const text = { type: "string" };

describe("generate handles documents of other APIs:", () => {
  test("a small one without operation ids, error codes or components", async () => {
    const { files, code, compile } = await generate(
      'openapi: "3.0.0"\ninfo: { title: Tiny, version: "1" }\npaths:\n  /:\n    get: { responses: { "204": { description: Done } } }\n',
      "api.yaml",
    );
    expect(compile()).toEqual([]);
    expect(code["operations.ts"]).toContain('method: "GET", path: "/", name: "root.get"');
    expect(code["schema.ts"]).toContain("export type RootGetResponse = undefined;");
    expect(code["errors.ts"]).toContain("export type ErrorCode = never;");
    expect(JSON.parse(files.get("openapi.json") ?? "")).toMatchObject({ info: { title: "Tiny" } });
  });

  test("one without operations", async () => {
    const { compile, operations } = await generate(api({}));
    expect(compile()).toEqual([]);
    expect(operations).toBe(0);
  });

  test("dubious names, wherever there is a name", async () => {
    const { code, compile } = await generate(
      api(
        {
          "/pets/{pet-id}/*/…": {
            get: { operationId: "get-pet!", summary: "Ends */ here\nand more", responses: ok },
          },
          "/2nd/{pet-id}": {
            put: { operationId: "get pet", responses: ok },
            post: { operationId: "class", deprecated: true, responses: ok },
            patch: { operationId: "2nd", responses: ok },
            delete: { operationId: "---", responses: ok },
            head: { operationId: "größe", description: "In words.", responses: ok },
            options: { operationId: 'a"b\\c`${d}', responses: ok },
            trace: { responses: ok },
          },
          "/größe/class-list": { get: { responses: ok } },
        },
        {
          components: {
            schemas: {
              "a.b-c": { type: "object", properties: { "x-y": text, "*/": text, "": text } },
              toString: { type: "object", properties: { constructor: text } },
            },
          },
        },
      ),
    );
    expect(compile()).toEqual([]);
    const names = [...(code["schema.ts"] ?? "").matchAll(/export type (\S+)Response /gu)];
    expect(names.map(([, name]) => name)).toMatchInlineSnapshot(`
      [
        "Pets_",
        "_2ndReplace",
        "_2ndCreate",
        "_2ndDelete",
        "_2ndOptions",
        "_2ndHead",
        "_2ndUpdate",
        "_2ndTrace",
        "GrößeClassList",
      ]
    `);
    expect(code["schema.ts"]).toContain("@deprecated");
  });

  test("several success statuses, ranges, and bodies that are not JSON", async () => {
    const { compile } = await generate(
      api({
        "/a": {
          post: {
            operationId: "a",
            requestBody: { content: { "multipart/form-data": { schema: { type: "object" } } } },
            responses: {
              200: { description: "", ...json({ type: "number" }) },
              202: { description: "", ...json({ type: "boolean" }) },
              204: { description: "" },
            },
          },
        },
        "/b": {
          get: {
            operationId: "b",
            responses: {
              "2XX": {
                description: "",
                content: {
                  "application/problem+json": { schema: { type: "number" } },
                  "text/csv": { schema: text },
                },
              },
            },
          },
        },
        "/c": {
          get: {
            operationId: "c",
            responses: { 200: { description: "", content: { "text/csv": { schema: text } } } },
          },
        },
        "/d": {
          put: {
            operationId: "d",
            requestBody: json({ type: "number" }),
            responses: { default: { description: "", ...json({ type: "boolean" }) } },
          },
        },
      }),
    );
    const expected = `
      import type { ACreateResponse, BGetResponse, CGetResponse, DReplaceBody, DReplaceResponse, OperationBodies } from "./operations.js";
      type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
      true satisfies Same<ACreateResponse, number | boolean | undefined>;
      true satisfies Same<BGetResponse, number>;
      true satisfies Same<CGetResponse, string>;
      true satisfies Same<DReplaceResponse, boolean>;
      true satisfies Same<DReplaceBody, number>;
      true satisfies Same<keyof OperationBodies, "a" | "d">;
    `;
    expect(compile({ "expected.ts": expected })).toEqual([]);
  });

  test("references for everything, and recursive schemas", async () => {
    const { code, compile } = await generate(
      api(
        {
          "/a": { $ref: "#/components/x-paths/a" },
          "/b": {
            post: {
              operationId: "b",
              requestBody: { $ref: "#/components/requestBodies/Body" },
              responses: { 200: { $ref: "#/components/responses/Tree" } },
            },
          },
        },
        {
          components: {
            "x-paths": { a: { get: { operationId: "a", responses: ok } } },
            requestBodies: {
              Body: { required: true, ...json({ $ref: "#/components/schemas/In" }) },
            },
            responses: {
              Tree: { description: "", ...json({ $ref: "#/components/schemas/Tree" }) },
            },
            schemas: {
              In: {
                allOf: [
                  { $ref: "#/components/schemas/Sources" },
                  { $ref: "#/components/schemas/OneSource" },
                ],
              },
              Sources: { type: "object", properties: { url: text, data: text, name: text } },
              OneSource: { oneOf: [{ required: ["url"] }, { required: ["data"] }] },
              Tree: {
                type: "object",
                properties: {
                  children: { type: "array", items: { $ref: "#/components/schemas/Tree" } },
                },
              },
            },
          },
        },
      ),
    );
    expect(code["operations.ts"]).toContain(
      'rules: [{ kind: "exactly-one", fields: ["url", "data"] }]',
    );
    expect(code["schema.ts"]).toContain("export type AGetResponse");
    expect(compile()).toEqual([]);
  });

  test("OpenAPI 3.1: tuples, boolean schemas, types as lists, webhooks", async () => {
    const { compile } = await generate(
      api(
        { "/a": { get: { responses: ok } } },
        {
          openapi: "3.1.0",
          webhooks: { done: { post: { requestBody: json(text), responses: ok } } },
          components: {
            schemas: {
              Pair: {
                type: "array",
                prefixItems: [text, { type: "number" }],
                minItems: 2,
                maxItems: 2,
              },
              Any: true,
              Maybe: { type: ["object", "null"], properties: { no: false, yes: true } },
              Payment: {
                type: "object",
                properties: { card: text, cvc: text, iban: text },
                dependentRequired: { card: ["cvc"], cvc: ["card"] },
              },
            },
          },
        },
      ),
    );
    const expected = `
      import type { components } from "./schema.js";
      type Schemas = components["schemas"];
      ["a", 1] satisfies Schemas["Pair"];
      null satisfies Schemas["Maybe"];
      ({ card: "a", cvc: "b" }) satisfies Schemas["Payment"];
      ({ iban: "c" }) satisfies Schemas["Payment"];
      // @ts-expect-error
      ({ card: "a" }) satisfies Schemas["Payment"];
    `;
    expect(compile({ "expected.ts": expected })).toEqual([]);
  });

  test("exclusive fields, which may be undefined if the compiler treats that as absent", async () => {
    const { code } = await generate(
      api(
        {},
        {
          components: {
            schemas: {
              Body: {
                type: "object",
                properties: { url: text, data: text },
                additionalProperties: false,
                oneOf: [{ required: ["url"] }, { required: ["data"] }],
              },
            },
          },
        },
      ),
    );
    const snippet = `
      import type { components } from "./schema.js";
      const data: string | undefined = undefined;
      ({ url: "", data }) satisfies components["schemas"]["Body"];
    `;
    const modules = { ...code, "snippet.ts": snippet };
    expect(compileErrors(modules, { exactOptionalPropertyTypes: false })).toEqual([]);
    expect(compileErrors(modules)).toHaveLength(1);
  });

  test("hundreds of operations", async () => {
    const paths = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`/a/${index}`, { get: { responses: ok } }]),
    );
    const { operations, compile } = await generate(api(paths));
    expect(operations).toBe(300);
    expect(compile()).toEqual([]);
  }, 120_000);

  test("data, which is left unchanged", async () => {
    const lookalike = { minItems: 1, maxItems: 2, type: "array", items: {} };
    const document = api({
      "/a": {
        get: {
          responses: { 200: { description: "", ...json({ type: "object", example: lookalike }) } },
          "x-note": lookalike,
        },
      },
    });
    const { files } = await generate(document);
    expect(JSON.parse(files.get("openapi.json") ?? "")).toEqual(document);
    expect(await readFile(join(folder, "api.json"), "utf8")).toBe(JSON.stringify(document));
  });
});
