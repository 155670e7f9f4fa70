import { readFile } from "node:fs/promises";
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { isObject, type JsonObject } from "../../src/openapi/json.js";
import { apiWithOperation, apiWithPaths, apiWithSchema, findingsOf, inShort } from "./documents.js";

const text = { type: "string" };
const named = { type: "object", properties: { name: text }, required: ["name"] };
const v31 = (document: JsonObject) => ({ ...document, openapi: "3.1.0" });

/** Pairs of documents that describe the same API in two ways. */
const same: Record<string, [JsonObject, JsonObject]> = {
  "a reference, and what it stands for": [
    apiWithSchema({ $ref: "#/components/schemas/Named" }, { schemas: { Named: named } }),
    apiWithSchema(named),
  ],
  "a reference to a reference": [
    apiWithSchema(
      { $ref: "#/components/schemas/Alias" },
      { schemas: { Alias: { $ref: "#/components/schemas/Named" }, Named: named } },
    ),
    apiWithSchema(named),
  ],
  "a recursive schema, and the same unrolled once": [
    apiWithSchema({ $ref: "#/components/schemas/Tree" }, { schemas: { Tree: tree() } }),
    apiWithSchema(tree(), { schemas: { Tree: tree() } }),
  ],
  "two schemas that contain each other, under other names": [
    apiWithSchema(
      { $ref: "#/components/schemas/A" },
      { schemas: { A: chain("B"), B: chain("A") } },
    ),
    apiWithSchema({ $ref: "#/components/schemas/X" }, { schemas: { X: chain("X") } }),
  ],
  "another order of keys, required, enum and alternatives": [
    apiWithSchema({
      required: ["a", "b"],
      properties: { a: { enum: ["x", "y"] }, b: { oneOf: [text, named] } },
    }),
    apiWithSchema({
      properties: { b: { oneOf: [named, text] }, a: { enum: ["y", "x"] } },
      required: ["b", "a"],
    }),
  ],
  "nullable: false, and nothing said": [
    apiWithSchema({ ...text, nullable: false }),
    apiWithSchema(text),
  ],
  "the defaults of keywords, and nothing said": [
    apiWithSchema({
      ...{ type: "object", minProperties: 0, additionalProperties: true, readOnly: false },
      properties: { a: { type: "array", minItems: 0, uniqueItems: false, items: {} } },
    }),
    apiWithSchema({ type: "object", properties: { a: { type: "array" } } }),
  ],
  "an allOf that only annotates": [
    apiWithSchema({ allOf: [named], description: "said around it" }),
    apiWithSchema({ ...named, description: "said around it" }),
  ],
  "an allOf around a reference": [
    apiWithSchema(
      { allOf: [{ $ref: "#/components/schemas/Named" }] },
      { schemas: { Named: named } },
    ),
    apiWithSchema(named),
  ],
  "an object in one piece, and put together with allOf": [
    apiWithSchema({ type: "object", properties: { a: text, b: text }, required: ["a", "b"] }),
    apiWithSchema({
      allOf: [
        { type: "object", properties: { a: text }, required: ["a"] },
        { type: "object", properties: { b: text }, required: ["b"] },
      ],
    }),
  ],
  "nullable around a reference, in allOf and by oneOf with null": [
    v31(
      apiWithSchema(
        { oneOf: [{ $ref: "#/components/schemas/Named" }, { type: "null" }] },
        { schemas: { Named: named } },
      ),
    ),
    v31(apiWithSchema({ ...named, type: ["object", "null"] })),
  ],
  "a bound that is excluded, in 3.0 and in 3.1": [
    apiWithSchema({ type: "number", minimum: 1, exclusiveMinimum: true }),
    apiWithSchema({ type: "number", exclusiveMinimum: 1 }),
  ],
  "const, and an enum of one": [
    v31(apiWithSchema({ const: "a" })),
    v31(apiWithSchema({ enum: ["a"] })),
  ],
  "a list of types, and an alternative for each": [
    v31(apiWithSchema({ type: ["string", "integer"] })),
    v31(apiWithSchema({ anyOf: [{ type: "integer" }, { type: "string" }] })),
  ],
  "components that nothing uses": [
    apiWithSchema(text, { schemas: { Unused: named }, responses: { Unused: { description: "" } } }),
    apiWithSchema(text),
  ],
  "security of the document, and of each operation": [
    apiWithOperation({}, { security: [{ key: [] }], components: keys("key") }),
    apiWithOperation({ security: [{ key: [] }] }, { components: keys("key") }),
  ],
  "security schemes under other names": [
    apiWithOperation({ security: [{ key: [] }] }, { components: keys("key") }),
    apiWithOperation({ security: [{ apiKey: [] }] }, { components: keys("apiKey") }),
  ],
  "no security, said in three ways": [
    apiWithOperation({ security: [] }, { security: [{ key: [] }], components: keys("key") }),
    apiWithOperation({}),
  ],
  "servers of the document, of the path and of the operation": [
    apiWithOperation({}, { servers: [{ url: "https://api.test/" }] }),
    apiWithOperation({ servers: [{ url: "https://api.test" }] }),
  ],
  "parameters of the path, and of the operation, in another order": [
    apiWithPaths({ "/a": { parameters: [query("a"), query("b")], get: { responses: {} } } }),
    apiWithPaths({ "/a": { get: { parameters: [query("b"), query("a")], responses: {} } } }),
  ],
  "a parameter of the operation in place of the path's": [
    apiWithPaths({
      "/a": { parameters: [query("a", true)], get: { parameters: [query("a")], responses: {} } },
    }),
    apiWithPaths({ "/a": { get: { parameters: [query("a")], responses: {} } } }),
  ],
  "a parameter, a body and a response behind references": [
    apiWithOperation(
      {
        parameters: [{ $ref: "#/components/parameters/A" }],
        requestBody: { $ref: "#/components/requestBodies/A" },
        responses: { "200": { $ref: "#/components/responses/A" } },
      },
      {
        components: {
          parameters: { A: query("a") },
          requestBodies: { A: { content: { "application/json": {} } } },
          responses: { A: { description: "done" } },
        },
      },
    ),
    apiWithOperation({
      parameters: [query("a")],
      requestBody: { content: { "application/json": {} } },
      responses: { "200": { description: "done" } },
    }),
  ],
  "the defaults of parameters, and nothing said": [
    apiWithOperation({ parameters: [query("a")] }),
    apiWithOperation({
      parameters: [{ ...query("a"), required: false, style: "form", explode: true }],
    }),
  ],
  "names of response headers in another case": [
    apiWithOperation({
      responses: { "200": { description: "", headers: { "X-Id": { schema: text } } } },
    }),
    apiWithOperation({
      responses: { "200": { description: "", headers: { "x-id": { schema: text } } } },
    }),
  ],
  "null as a type and as a constant": [
    v31(apiWithSchema({ type: ["string", "null"] })),
    v31(apiWithSchema({ oneOf: [text, { const: null }] })),
  ],
  "the encoding that a field has anyway": [
    apiWithOperation({ requestBody: { content: { "multipart/form-data": {} } } }),
    apiWithOperation({
      requestBody: {
        content: { "multipart/form-data": { encoding: { a: { style: "form", explode: true } } } },
      },
    }),
  ],
};

const picture = { image_url: text, image_base64: text };
const need = (name: string) => ({ required: [name] });

/** "Exactly one of image_url and image_base64", in every form that can express it. */
const exactlyOne: Record<string, JsonObject> = {
  "oneOf of required": { properties: picture, oneOf: Object.keys(picture).map(need) },
  "oneOf of required, each excluding the other": {
    properties: picture,
    oneOf: [
      { ...need("image_url"), not: need("image_base64") },
      { ...need("image_base64"), not: need("image_url") },
    ],
  },
  "anyOf of required, and not both": {
    properties: picture,
    anyOf: Object.keys(picture).map(need),
    not: { required: Object.keys(picture) },
  },
  "the same in allOf": {
    properties: picture,
    allOf: [{ anyOf: Object.keys(picture).map(need) }, { not: { required: Object.keys(picture) } }],
  },
  "a dependency of each on the absence of the other": {
    properties: picture,
    anyOf: Object.keys(picture).map(need),
    dependentSchemas: { image_url: { not: need("image_base64") } },
  },
};

describe("the same rule about which fields go together", () => {
  const forms = Object.entries(exactlyOne).map(
    ([name, schema]) => [name, { type: "object", ...schema }] as const,
  );
  it.each(
    forms.flatMap(([from, base]) =>
      forms.map(([to, revision]) => [from, to, base, revision] as const),
    ),
  )("from %s to %s is no finding above docs", (_from, _to, base, revision) => {
    const found = findingsOf(v31(apiWithSchema(base)), v31(apiWithSchema(revision)));
    expect(found.filter(({ level }) => level !== "docs")).toEqual([]);
  });

  it.each(forms)("with one more optional field is additive: %s", (_, schema) => {
    const optional = { type: "object", properties: picture, anyOf: Object.keys(picture).map(need) };
    const found = findingsOf(v31(apiWithSchema(schema)), v31(apiWithSchema(optional)));
    const levels = found.flatMap(({ reaches }) => reaches);
    const sent = levels.filter(({ direction }) => direction === "request");
    expect(sent.map(({ level }) => level)).toContain("additive");
    expect(sent.map(({ level }) => level)).not.toContain("breaking");
  });
});

function tree(): JsonObject {
  const children = { type: "array", items: { $ref: "#/components/schemas/Tree" } };
  return { type: "object", properties: { name: text, children } };
}

function chain(next: string): JsonObject {
  return { type: "object", properties: { next: { $ref: `#/components/schemas/${next}` } } };
}

function query(name: string, required?: boolean): JsonObject {
  return { name, in: "query", schema: text, ...(required ? { required } : {}) };
}

function keys(name: string): JsonObject {
  return { securitySchemes: { [name]: { type: "apiKey", in: "header", name: "X-Api-Key" } } };
}

describe("the same API is no finding", () => {
  it.each(Object.entries(same))("either way: %s", (_, [left, right]) => {
    expect(inShort(findingsOf(left, right))).toEqual([]);
    expect(inShort(findingsOf(right, left))).toEqual([]);
  });

  it("with every reference in our own spec inlined", async () => {
    const ours = load(await readFile("spec/openapi.yaml", "utf8"));
    if (!isObject(ours)) throw new Error("spec/openapi.yaml is not an object");
    const inlined = withoutReferences(ours, ours);
    expect(JSON.stringify(inlined)).not.toContain("$ref");
    expect(findingsOf(ours, isObject(inlined) ? inlined : {})).toEqual([]);
  });

  it("even if its schemas branch and recur without end", () => {
    const names = Array.from({ length: 12 }, (_, index) => `S${index}`);
    const branches = () =>
      Object.fromEntries(names.map((name) => [name, { $ref: `#/components/schemas/${name}` }]));
    const schemas = Object.fromEntries(
      names.map((name) => [
        name,
        { type: "object", properties: branches(), oneOf: Object.values(branches()) },
      ]),
    );
    const document = apiWithSchema({ $ref: "#/components/schemas/S0" }, { schemas });
    expect(findingsOf(document, document)).toEqual([]);
  });
});

function withoutReferences(value: unknown, root: JsonObject): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutReferences(item, root));
  if (!isObject(value)) return value;
  const { $ref: reference } = value;
  if (typeof reference === "string") {
    const target = reference
      .slice(2)
      .split("/")
      .reduce<unknown>((part, key) => (isObject(part) ? part[key] : undefined), root);
    return withoutReferences(target, root);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, withoutReferences(part, root)]),
  );
}
