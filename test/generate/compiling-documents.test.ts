import { describe, expect, test } from "vitest";
import { generatedCode } from "./support/generated-code.js";
import { compileErrors } from "./support/compile.js";

const json = (schema: unknown) => ({ content: { "application/json": { schema } } });
const answer = (schema: unknown) => ({ 200: { description: "OK", ...json(schema) } });
const ref = (pointer: string) => ({ $ref: `#${pointer}` });
const text = { type: "string" };
const schemaOf = (name: string) => `components["schemas"]["${name}"]`;

interface Case {
  /** The whole document, or its schemas. */
  document: object;
  /** TypeScript that has to compile against the generated files, including `@ts-expect-error`. */
  use: string;
}

function api(paths: object, schemas: object = {}, more: object = {}) {
  return {
    openapi: "3.1.0",
    info: { title: "Other", version: "1" },
    paths,
    components: { schemas },
    ...more,
  };
}

const get = (operationId: string, schema: unknown) => ({
  get: { operationId, responses: answer(schema) },
});

/** The types at two places are the same. */
const same = (left: string, right: string) => `true satisfies Same<${left}, ${right}>;\n`;

const CASES: Record<string, Case> = {
  "a reference to an item, a property, an alternative and an additional property": {
    document: api(
      {
        "/item": get("item", ref("/components/schemas/Order/properties/lines/items")),
        "/property": get("property", ref("/components/schemas/Order/properties/buyer")),
        "/alternative": get("alternative", ref("/components/schemas/Order/properties/by/oneOf/1")),
        "/extra": get(
          "extra",
          ref("/components/schemas/Order/properties/notes/additionalProperties"),
        ),
      },
      {
        Order: {
          type: "object",
          properties: {
            lines: {
              type: "array",
              items: { type: "object", properties: { count: { type: "integer" } } },
            },
            buyer: { type: "object", properties: { name: text } },
            by: {
              oneOf: [text, { type: "object", properties: { card: text }, required: ["card"] }],
            },
            notes: {
              type: "object",
              additionalProperties: { type: "object", properties: { at: text } },
            },
          },
        },
      },
    ),
    use:
      same(
        `operations["item"]["responses"][200]["content"]["application/json"]`,
        "{ count?: number }",
      ) +
      same(
        `operations["property"]["responses"][200]["content"]["application/json"]`,
        "{ name?: string }",
      ) +
      same(
        `operations["alternative"]["responses"][200]["content"]["application/json"]`,
        "{ card: string }",
      ) +
      same(
        `operations["extra"]["responses"][200]["content"]["application/json"]`,
        "{ at?: string }",
      ),
  },
  "references to parameters, bodies, responses and headers of other operations": {
    document: api({
      "/a": {
        get: {
          operationId: "a",
          parameters: [
            { name: "q", in: "query", required: true, schema: { type: "string", enum: ["x"] } },
          ],
          responses: {
            200: {
              description: "",
              headers: { "X-Left": { schema: { type: "integer" }, required: true } },
              ...json(text),
            },
          },
        },
        post: {
          operationId: "post",
          requestBody: { required: true, ...json({ type: "object", properties: { u: text } }) },
          responses: answer(text),
        },
      },
      "/b": {
        post: {
          operationId: "b",
          parameters: [ref("/paths/~1a/get/parameters/0")],
          requestBody: ref("/paths/~1a/post/requestBody"),
          responses: {
            200: ref("/paths/~1a/get/responses/200"),
            400: {
              description: "",
              headers: { "X-Left": ref("/paths/~1a/get/responses/200/headers/X-Left") },
              ...json(
                ref("/paths/~1a/post/requestBody/content/application~1json/schema/properties/u"),
              ),
            },
          },
        },
      },
    }),
    use:
      same(`operations["b"]["parameters"]["query"]`, `{ q: "x" }`) +
      same(`operations["b"]["requestBody"]["content"]["application/json"]`, "{ u?: string }") +
      same(`operations["b"]["responses"][200]`, `operations["a"]["responses"][200]`) +
      same(`operations["b"]["responses"][400]["headers"]["X-Left"]`, "number") +
      same(`operations["b"]["responses"][400]["content"]["application/json"]`, "string"),
  },
  "schemas that are recursive through arrays, maps, tuples and each other": {
    document: api(
      { "/tree": get("tree", ref("/components/schemas/Tree")) },
      {
        Tree: {
          anyOf: [
            text,
            { type: "array", items: ref("/components/schemas/Tree") },
            { type: "object", additionalProperties: ref("/components/schemas/Tree") },
          ],
        },
        Json: { type: ["string", "null", "array"], items: ref("/components/schemas/Json") },
        Even: { type: "array", items: ref("/components/schemas/Odd") },
        Odd: { oneOf: [{ type: "number" }, ref("/components/schemas/Even")] },
        Pair: {
          type: "array",
          prefixItems: [text, { anyOf: [ref("/components/schemas/Pair"), { type: "null" }] }],
          items: false,
          minItems: 2,
        },
        Node: {
          type: "object",
          properties: {
            next: ref("/components/schemas/Node"),
            all: { type: "array", items: ref("/components/schemas/Node/properties/all") },
          },
        },
      },
    ),
    use: `
      ["a", { b: ["c", "d"] }, [[]]] satisfies ${schemaOf("Tree")};
      // @ts-expect-error a number
      ["a", [1]] satisfies ${schemaOf("Tree")};
      [null, ["a", [null]]] satisfies ${schemaOf("Json")};
      [1, [2, [3]]] satisfies ${schemaOf("Even")};
      ["a", ["b", null]] satisfies ${schemaOf("Pair")};
      ({ next: { next: {} }, all: [[[]]] }) satisfies ${schemaOf("Node")};
    `,
  },
  "a parent that lists the schemas built upon it": {
    document: api(
      {},
      {
        Pet: {
          type: "object",
          required: ["kind"],
          properties: { kind: text, name: text },
          discriminator: { propertyName: "kind" },
          oneOf: [ref("/components/schemas/Cat"), ref("/components/schemas/Dog")],
        },
        Cat: {
          allOf: [
            ref("/components/schemas/Pet"),
            { type: "object", properties: { lives: { type: "integer" } } },
          ],
        },
        Dog: {
          allOf: [ref("/components/schemas/Pet"), { type: "object", properties: { tricks: text } }],
        },
      },
    ),
    use: `({ kind: "Cat", name: "Tom", lives: 9 }) satisfies ${schemaOf("Pet")};`,
  },
  "free-form objects, on their own and in allOf": {
    document: api(
      {},
      {
        Base: { type: "object", required: ["n"], properties: { n: text } },
        Sub: {
          allOf: [ref("/components/schemas/Base"), { type: "object", description: "adds nothing" }],
        },
        Free: { type: "object" },
        Meta: { type: "object", properties: { metadata: { type: "object" } } },
        Empty: { type: "object", additionalProperties: false },
        Undeclared: { type: "object", required: ["id"] },
        Mixed: {
          type: "object",
          properties: { count: { type: "integer" } },
          additionalProperties: text,
        },
      },
    ),
    use: `
      interface Named { n: string }
      declare const named: Named;
      named satisfies ${schemaOf("Sub")};
      ({ metadata: { campaign: "spring", deep: { a: 1 } } }) satisfies ${schemaOf("Meta")};
      ({ a: 1 }) satisfies ${schemaOf("Free")};
      ({ count: 1, color: "red" }) satisfies ${schemaOf("Mixed")};
      ({ id: 1 }) satisfies ${schemaOf("Undeclared")};
      // @ts-expect-error no id
      ({}) satisfies ${schemaOf("Undeclared")};
      // @ts-expect-error has no fields
      ({ a: 1 }) satisfies ${schemaOf("Empty")};
    `,
  },
  "ids and names that are empty, strange, or those of JavaScript's objects": {
    document: api(
      {
        "/a": {
          get: { operationId: "", responses: answer(text) },
          post: { operationId: "constructor", responses: answer(text) },
        },
        "/b": {
          get: { operationId: "a#b", responses: answer(text) },
          put: { operationId: "__proto__", responses: answer(text) },
        },
      },
      {
        "": { type: "object", properties: { constructor: text, "": text } },
        "a%20b": text,
        "a b/c~d": { type: "array", items: ref("/components/schemas/a%2520b") },
        Derived: {
          allOf: [ref("/components/schemas/"), { type: "object" }],
          required: ["constructor", "toString"],
        },
      },
    ),
    use: "",
  },
  "types as lists, constants and bounds of OpenAPI 3.1": {
    document: api(
      {},
      {
        Maybe: {
          type: ["object", "null"],
          properties: { a: { type: ["string", "integer"], exclusiveMinimum: 3 } },
        },
        Nothing: { const: null },
        One: { const: 1 },
        Level: { type: "string", oneOf: [{ const: "low", title: "Low" }, { const: "high" }] },
        Bounded: { type: "string", anyOf: [{ minLength: 3 }, { pattern: "^a" }] },
        Either: {
          type: "object",
          properties: { id: text },
          required: ["id"],
          anyOf: [
            { type: "object", properties: { a: { type: "number" } } },
            { type: "object", properties: { b: { type: "number" } } },
          ],
        },
        Enum: { type: ["string", "null"], enum: ["a", null] },
        Untyped: { items: text },
        Sibling: {
          $ref: "#/components/schemas/Maybe",
          required: ["a"],
          description: "with siblings",
        },
      },
    ),
    use:
      same(schemaOf("Maybe"), "{ a?: string | number } | null") +
      same(schemaOf("Nothing"), "null") +
      same(schemaOf("One"), "1") +
      same(schemaOf("Level"), `"low" | "high"`) +
      same(schemaOf("Bounded"), "string") +
      same(schemaOf("Enum"), `"a" | null`) +
      same(schemaOf("Untyped"), "string[]") +
      `
      ({ id: "1", a: 1 }) satisfies ${schemaOf("Either")};
      // @ts-expect-error no id
      ({ a: 1 }) satisfies ${schemaOf("Either")};
    `,
  },
  "tuples, contains, and further items": {
    document: api(
      {},
      {
        Exact: { type: "array", prefixItems: [text, { type: "number" }], minItems: 2, maxItems: 2 },
        Open: { type: "array", prefixItems: [text], minItems: 1 },
        Closed: { type: "array", prefixItems: [text, text], unevaluatedItems: false },
        Rest: {
          type: ["array", "null"],
          prefixItems: [text],
          items: { type: "number" },
          minItems: 1,
        },
        Some: {
          type: "array",
          items: text,
          contains: { const: "a" },
          minContains: 1,
          maxContains: 2,
        },
      },
    ),
    use:
      same(schemaOf("Exact"), "[string, number]") +
      same(schemaOf("Open"), "[string, ...unknown[]]") +
      same(schemaOf("Closed"), "[string?, string?]") +
      same(schemaOf("Rest"), "[string, ...number[]] | null") +
      same(schemaOf("Some"), "string[]"),
  },
  "schemas by $defs, $id and $anchor": {
    document: api(
      {},
      {
        Local: {
          $defs: {
            Name: { type: "string", enum: ["a"] },
            List: { type: "array", items: ref("/components/schemas/Local/$defs/List") },
          },
          type: "object",
          properties: {
            name: ref("/components/schemas/Local/$defs/Name"),
            list: ref("/components/schemas/Local/$defs/List"),
          },
        },
        Identified: {
          $id: "https://example.com/order",
          type: "object",
          properties: { line: { $ref: "#line" }, self: { $ref: "https://example.com/order" } },
          $defs: { line: { $anchor: "line", type: "number" } },
        },
        Anchored: { $anchor: "here", type: "boolean" },
        Uses: {
          type: "object",
          properties: { order: { $ref: "https://example.com/order" }, here: { $ref: "#here" } },
        },
      },
    ),
    use: `
      ({ name: "a", list: [[], [[]]] }) satisfies ${schemaOf("Local")};
      // @ts-expect-error another name
      ({ name: "b" }) satisfies ${schemaOf("Local")};
      ({ order: { line: 1, self: { line: 2 } }, here: true }) satisfies ${schemaOf("Uses")};
      // @ts-expect-error a text for a number
      ({ order: { line: "1" } }) satisfies ${schemaOf("Uses")};
    `,
  },
  "objects bounded by dependencies, patterns, names and conditions": {
    document: api(
      {},
      {
        Payment: {
          type: "object",
          properties: { card: text, cvc: text },
          dependentRequired: { card: ["cvc"] },
        },
        Excluding: {
          type: "object",
          properties: { url: text, data: text },
          anyOf: [{ required: ["url"] }, { required: ["data"] }],
          dependentSchemas: { url: { properties: { data: false } } },
        },
        Patterned: {
          type: "object",
          properties: { id: text },
          patternProperties: { "^x-": { type: "number" } },
          additionalProperties: false,
        },
        Sizes: {
          type: "object",
          propertyNames: { enum: ["s", "m"] },
          additionalProperties: { type: "number" },
        },
        Sealed: { type: "object", properties: { a: text }, unevaluatedProperties: false },
        Extended: { type: "object", unevaluatedProperties: { type: "number" } },
        Conditional: {
          type: "object",
          properties: { kind: text, size: text },
          if: { properties: { kind: { const: "box" } } },
          then: { required: ["size"] },
          else: { properties: { size: false } },
        },
      },
    ),
    use: `
      ({ card: "1", cvc: "2" }) satisfies ${schemaOf("Payment")};
      // @ts-expect-error no cvc
      ({ card: "1" }) satisfies ${schemaOf("Payment")};
      // @ts-expect-error both
      ({ url: "a", data: "b" }) satisfies ${schemaOf("Excluding")};
      ({ id: "1", "x-left": 2 }) satisfies ${schemaOf("Patterned")};
      ({ s: 1 }) satisfies ${schemaOf("Sizes")};
      // @ts-expect-error no such name
      ({ l: 1 }) satisfies ${schemaOf("Sizes")};
      ({ a: 1 }) satisfies ${schemaOf("Extended")};
      ({ kind: "box", size: "l" }) satisfies ${schemaOf("Conditional")};
    `,
  },
  "bytes, in bodies, fields and answers": {
    document: api({
      "/upload": {
        post: {
          operationId: "upload",
          requestBody: {
            required: true,
            content: {
              "multipart/form-data": {
                schema: {
                  type: "object",
                  properties: {
                    file: { type: "string", contentMediaType: "image/png" },
                    old: { type: "string", format: "binary" },
                    note: { type: "string", contentMediaType: "text/markdown" },
                  },
                  required: ["file"],
                },
              },
            },
          },
          responses: { 200: { description: "", content: { "image/png": {} } } },
        },
      },
    }),
    use:
      same(
        `operations["upload"]["requestBody"]["content"]["multipart/form-data"]`,
        "{ file: Blob; old?: Blob; note?: string }",
      ) + same(`operations["upload"]["responses"][200]["content"]["image/png"]`, "Blob"),
  },
  "webhooks and path items in components, with ids of their own": {
    document: api(
      { "/a": ref("/components/pathItems/A"), "/b": get("b", text) },
      {},
      {
        webhooks: {
          done: {
            post: {
              operationId: "b",
              requestBody: json(text),
              responses: { 200: { description: "" } },
            },
          },
          again: ref("/components/pathItems/A"),
        },
        components: {
          pathItems: { A: { get: { operationId: "a", responses: answer(text) } } },
          schemas: {},
        },
      },
    ),
    use: same(`operations["a"]["responses"][200]["content"]["application/json"]`, "string"),
  },
  "values in examples and defaults that look like parts of a schema": {
    document: api(
      {},
      {
        Odd: {
          type: "object",
          default: { allOf: ["a"], oneOf: [true], discriminator: { propertyName: "x" } },
          example: { allOf: ["b"] },
          title: 2024,
          "x-allOf": { allOf: ["c"] },
          properties: { allOf: text, $ref: { type: "number" }, type: text },
        },
        Never: { allOf: [true, false] },
        Any: { allOf: [true, {}] },
      },
    ),
    use:
      same(schemaOf("Odd"), "{ allOf?: string; $ref?: number; type?: string }") +
      same(schemaOf("Never"), "never") +
      same(schemaOf("Any"), "unknown"),
  },
};

describe("generated code compiles", () => {
  test.each(Object.entries(CASES))("%s", async (_, { document, use }) => {
    const { code, warnings } = await generatedCode(document);
    const usage = `
      import type { components, operations } from "./schema.js";
      type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
      ${use}
    `;
    expect(
      compileErrors({ ...code, "usage.ts": usage }, { lib: ["lib.es2022.d.ts", "lib.dom.d.ts"] }),
    ).toEqual([]);
    expect(warnings.filter((warning) => !warning.includes("only the types can say"))).toEqual([]);
  });

  test("with the exact digits of integers over 2^53 among defaults, values and examples", async () => {
    const document = JSON.stringify({
      ...api({
        "/a": {
          post: {
            requestBody: json({
              type: "object",
              required: ["id", "ids"],
              properties: {
                id: { type: "integer", enum: ["BIG"], default: "BIG" },
                ids: { type: "array", minItems: 2, maxItems: 2, items: { const: "BIG" } },
              },
            }),
            responses: answer({ type: "integer", example: "BIG" }),
          },
        },
      }),
    }).replaceAll('"BIG"', "9007199254740993");
    const { code } = await generatedCode(document);
    expect(compileErrors(code)).toEqual([]);
    expect(code["client.ts"]).toContain("id: 9007199254740993,");
  });
});
