import { describe, expect, it } from "vitest";
import { findDrift } from "../../scripts/drift/index.js";
import { levels, type Level } from "../../scripts/drift/rules.js";
import type { JsonObject } from "../../src/openapi/json.js";
import { temporaryFolder } from "../pull/temporary-folder.js";
import { apiWithOperation, apiWithPaths, apiWithSchema, findingsOf } from "./documents.js";
import { join } from "node:path";

const text = { type: "string" };
const number = { type: "integer" };
const json = (schema: unknown) => ({ "application/json": { schema } });
const sent = (schema: unknown) => apiWithOperation({ requestBody: { content: json(schema) } });
const received = (schema: unknown, status = "200", more: JsonObject = {}) =>
  apiWithOperation({
    responses: { [status]: { description: "", content: json(schema), ...more } },
  });
const v31 = (document: JsonObject) => ({ ...document, openapi: "3.1.0" });
const object = (properties: JsonObject, more: JsonObject = {}) => ({
  ...{ type: "object", properties },
  ...more,
});

/**
 * A pet whose subtypes are reachable only through its discriminator: by a mapping, or by the names
 * of components.
 */
function pets(lives: JsonObject, mapping?: JsonObject): JsonObject {
  const discriminator = { propertyName: "kind", ...(mapping ? { mapping } : {}) };
  const pet = { ...object({ kind: text }, { required: ["kind"] }), discriminator };
  const cat = { allOf: [{ $ref: "#/components/schemas/Pet" }, object({ lives })] };
  return {
    ...received({ $ref: "#/components/schemas/Pet" }),
    components: { schemas: { Pet: pet, Cat: cat } },
  };
}

/** A schema at the end of a chain of references. */
function chained(end: JsonObject, length: number): JsonObject {
  const links = Array.from({ length }, (_, index) => [
    `Link${index}`,
    index + 1 < length ? { $ref: `#/components/schemas/Link${index + 1}` } : end,
  ]);
  return apiWithSchema(
    { $ref: "#/components/schemas/Link0" },
    { schemas: Object.fromEntries(links) as JsonObject },
  );
}

/** A schema inside properties of properties, each of them a component. */
function nested(end: JsonObject, depth: number): JsonObject {
  const schemas = Array.from({ length: depth }, (_, index) => [
    `Deep${index}`,
    index + 1 < depth ? object({ in: { $ref: `#/components/schemas/Deep${index + 1}` } }) : end,
  ]);
  return apiWithSchema(
    { $ref: "#/components/schemas/Deep0" },
    { schemas: Object.fromEntries(schemas) as JsonObject },
  );
}

const withId = (schema: JsonObject) =>
  v31(
    apiWithSchema(
      { $ref: "https://shop.test/pet" },
      { schemas: { Pet: { $id: "https://shop.test/pet", ...schema } } },
    ),
  );

const withAnchor = (schema: JsonObject) =>
  v31(apiWithSchema({ $ref: "#pet" }, { schemas: { Pet: { $anchor: "pet", ...schema } } }));

const bare = [text, { type: "boolean" }];
const shape = object({ z: text }, { required: ["z"] });
const two = (kind: string, opt: JsonObject) =>
  object({ kind: { enum: [kind] }, opt: object({ n: text }, opt) }, { required: ["kind"] });

type Case = [what: string, level: Level | "none", base: JsonObject, revision: JsonObject];

const found: Case[] = [
  [
    "a subtype behind a mapping",
    "breaking",
    pets(number, { cat: "Cat" }),
    pets(text, { cat: "Cat" }),
  ],
  ["a subtype behind a component's name", "breaking", pets(number), pets(text)],
  [
    "the end of a chain of 3,000 references",
    "breaking",
    chained(text, 3000),
    chained(number, 3000),
  ],
  ["the end of 3,000 properties", "breaking", nested(text, 3000), nested(number, 3000)],
  ["a schema referenced by $id", "breaking", withId(text), withId(number)],
  ["a schema referenced by $anchor", "breaking", withAnchor(text), withAnchor(number)],
  [
    "wording in a second member of allOf",
    "docs",
    received({ allOf: [{ title: "a" }, { title: "b" }] }),
    received({ allOf: [{ title: "a" }, { title: "c" }] }),
  ],
  [
    "a second format",
    "breaking",
    sent({ allOf: [{ format: "uri" }, { format: "a" }] }),
    sent({ allOf: [{ format: "uri" }, { format: "b" }] }),
  ],
  [
    "a keyword that holds something else",
    "breaking",
    sent({ ...text, maxLength: "5" }),
    sent({ ...text, maxLength: "6" }),
  ],
  [
    "wording of a link",
    "docs",
    received(text, "200", { links: { next: { operationId: "a", description: "a" } } }),
    received(text, "200", { links: { next: { operationId: "a", description: "b" } } }),
  ],
  [
    "null among the values of a type that allows it, received",
    "additive",
    v31(received({ type: ["string", "null"], enum: ["a"] })),
    v31(received({ type: ["string", "null"], enum: ["a", null] })),
  ],
  [
    "null no longer among the values of a type that allows it, sent",
    "breaking",
    v31(sent({ type: ["string", "null"], enum: ["a", null] })),
    v31(sent({ type: ["string", "null"], enum: ["a"] })),
  ],
  [
    "null among the values, because 3.1 has to name it there",
    "docs",
    sent({ ...text, nullable: true, enum: ["a"] }),
    v31(sent({ type: ["string", "null"], enum: ["a", null] })),
  ],
  [
    "a header parameter in a different case, which the types name",
    "breaking",
    apiWithOperation({ parameters: [{ name: "X-Id", in: "header", schema: text }] }),
    apiWithOperation({ parameters: [{ name: "x-id", in: "header", schema: text }] }),
  ],
  [
    "a path parameter that only the path names",
    "breaking",
    apiWithPaths({ "/a/{id}": { get: { responses: {} } } }),
    apiWithPaths({ "/a/{slug}": { get: { responses: {} } } }),
  ],
  [
    "the only response, under default, removed",
    "breaking",
    received(text, "default"),
    received(text, "404"),
  ],
  [
    "a redirect removed that is the only success",
    "breaking",
    received(text, "303"),
    received(text, "404"),
  ],
  ["an extension beside the paths", "docs", apiWithPaths({ "x-a": 1 }), apiWithPaths({ "x-a": 2 })],
  [
    "a method of OpenAPI 3.2",
    "breaking",
    apiWithPaths({ "/a": { query: { operationId: "a" } } }),
    apiWithPaths({ "/a": { query: { operationId: "b" } } }),
  ],

  [
    "a bare type and an object beside it, received",
    "breaking",
    received({ oneOf: bare }),
    received({ oneOf: [...bare, shape] }),
  ],
  [
    "a bare type and an object beside it, sent",
    "additive",
    sent({ oneOf: bare }),
    sent({ oneOf: [...bare, shape] }),
  ],
  [
    "an object removed beside bare types, sent",
    "breaking",
    sent({ oneOf: [...bare, shape] }),
    sent({ oneOf: bare }),
  ],
  [
    "an object removed beside bare types, received",
    "additive",
    received({ oneOf: [...bare, shape] }),
    received({ oneOf: bare }),
  ],
  [
    "a default response, and a 200 of a different type",
    "breaking",
    received(text, "default"),
    received(number),
  ],
  [
    "a default response, and a 200 of the same type",
    "additive",
    received(text, "default"),
    received(text),
  ],
  ["2XX, and 200", "additive", received(text, "2XX"), received(text)],
  ["200, and 2XX of a different type", "breaking", received(text), received(number, "2XX")],
  [
    "steps of 0.1, and of 0.01",
    "additive",
    sent({ type: "number", multipleOf: 0.1 }),
    sent({ type: "number", multipleOf: 0.01 }),
  ],
  [
    "steps of 0.01, and of 0.3",
    "breaking",
    sent({ type: "number", multipleOf: 0.01 }),
    sent({ type: "number", multipleOf: 0.3 }),
  ],
  [
    "one field required, and any of two",
    "additive",
    sent(object({ a: text, b: text }, { required: ["a"] })),
    sent(object({ a: text, b: text }, { anyOf: [{ required: ["a"] }, { required: ["b"] }] })),
  ],
  [
    "an optional item, and a required one",
    "breaking",
    v31(sent({ type: "array", contains: text, minContains: 0 })),
    v31(sent({ type: "array", contains: text })),
  ],
  [
    "a required item, and an optional one",
    "additive",
    v31(sent({ type: "array", contains: text })),
    v31(sent({ type: "array", contains: text, minContains: 0 })),
  ],
  [
    "additional items allowed after the described ones",
    "additive",
    v31(sent({ type: "array", prefixItems: [text], items: false })),
    v31(sent({ type: "array", prefixItems: [text, number], items: false })),
  ],
  [
    "pattern properties allowed in a closed object",
    "additive",
    v31(sent(object({ a: text }, { additionalProperties: false }))),
    v31(
      sent(object({ a: text }, { additionalProperties: false, patternProperties: { "^x": {} } })),
    ),
  ],
  ["an integer, and an int64", "docs", sent(number), sent({ ...number, format: "int64" })],
  [
    "two of three alternatives closed inside",
    "breaking",
    sent({ oneOf: ["a", "b", "c"].map((kind) => two(kind, {})) }),
    sent({
      oneOf: ["a", "b", "c"].map((kind) =>
        two(kind, kind === "c" ? {} : { additionalProperties: false }),
      ),
    }),
  ],
  [
    "an implicit mapping made explicit",
    "none",
    mapped(),
    mapped({ Cat: "#/components/schemas/Cat", Dog: "Dog" }),
  ],
  [
    "a stray % in a reference",
    "none",
    apiWithSchema({ $ref: "#/components/schemas/100%" }, { schemas: { "100%": text } }),
    apiWithSchema(text),
  ],
  [
    "an encoded name in a reference",
    "none",
    apiWithSchema({ $ref: "#/components/schemas/Rate%2525" }, { schemas: { "Rate%25": text } }),
    apiWithSchema(text),
  ],
  [
    "a binary body, in 3.0 and in 3.1",
    "docs",
    binary("3.0.3", { schema: { type: "string", format: "binary" } }),
    binary("3.1.0", {}),
  ],
  [
    "base64, in 3.0 and in 3.1",
    "docs",
    sent({ ...text, format: "byte" }),
    v31(sent({ ...text, contentEncoding: "base64" })),
  ],
];

function mapped(mapping?: JsonObject): JsonObject {
  const names = ["Cat", "Dog"];
  const refs = names.map((name) => ({ $ref: `#/components/schemas/${name}` }));
  const discriminator = { propertyName: "kind", ...(mapping ? { mapping } : {}) };
  const schemas = Object.fromEntries(names.map((name) => [name, object({ [name]: text })]));
  return apiWithSchema({ oneOf: refs, discriminator }, { schemas });
}

function binary(openapi: string, mediaType: JsonObject): JsonObject {
  const content = { "application/octet-stream": mediaType };
  return { ...apiWithOperation({ requestBody: { content } }), openapi };
}

describe("the level of a difference", () => {
  it.each(found)("%s: %s", (_, level, base, revision) => {
    const worst = levels.find((each) =>
      findingsOf(base, revision).some((one) => one.level === each),
    );
    expect(worst ?? "none").toBe(level);
  });
});

it("a change to a trait that many schemas share is one finding with everything it affects", () => {
  const trait = (properties: JsonObject) => {
    const names = ["A", "B", "C", "D"];
    const member = { $ref: "#/components/schemas/Trait" };
    const schemas = Object.fromEntries(
      names.map((name) => [name, { allOf: [member, object({ [name]: text })] }]),
    );
    const parts = Object.fromEntries(
      names.map((name) => [name, { $ref: `#/components/schemas/${name}` }]),
    );
    return apiWithSchema(object(parts), { schemas: { ...schemas, Trait: object(properties) } });
  };
  const findings = findingsOf(trait({ a: text }), trait({ a: text, b: text }));
  expect(findings.map(({ rule }) => rule)).toEqual(["property-added-optional"]);
  expect(findings[0]?.revision.pointer).toBe("/components/schemas/Trait/properties/b");
});

it("a header that many responses gain is one finding", () => {
  const api = (headers: JsonObject) => {
    const response = { "200": { description: "", headers } };
    const paths = ["/a", "/b", "/c"].map((path) => [path, { get: { responses: response } }]);
    const components = { headers: { Limit: { schema: text } } };
    return apiWithPaths(Object.fromEntries(paths) as JsonObject, { components });
  };
  const findings = findingsOf(api({}), api({ "X-Limit": { $ref: "#/components/headers/Limit" } }));
  expect(findings.map(({ reaches }) => reaches.length)).toEqual([3]);
});

describe("a moved base path is one finding, not a removed and a new operation each:", () => {
  const shop = (server: string, prefix: string) => {
    const get = { get: { responses: {} } };
    const paths = { [`${prefix}/orders/{id}`]: get, [`${prefix}/items`]: get };
    return apiWithPaths(paths, { servers: [{ url: server }] });
  };
  const inPaths = shop("https://shop.test", "/v2");
  const inServer = shop("https://shop.test/v2/", "");
  const inRenamed = JSON.parse(JSON.stringify(inServer).replace("{id}", "{order}")) as JsonObject;

  it.each([
    ["from the paths to the server", inPaths, inServer, "/v2 is no longer part of the paths"],
    ["from the server to the paths", inServer, inPaths, "/v2 is part of the paths now"],
    ["with parameters renamed", inPaths, inRenamed, "/v2 is no longer part of the paths"],
  ])("%s", (_, base, revision, said) => {
    const found = findingsOf(base, revision);
    const [finding, ...others] = found.filter(({ rule }) => rule !== "parameter-renamed");
    expect(finding).toMatchObject({ rule: "default-server-changed", level: "breaking" });
    expect(finding?.text).toContain(said);
    expect(finding?.reaches.map(({ operation }) => operation).sort()).toEqual(
      Object.entries(base["paths"] as object)
        .map(([path]) => `GET ${path}`)
        .sort(),
    );
    expect(others).toEqual([]);
  });

  it("but an operation at another address is a different operation", () => {
    const findings = findingsOf(shop("https://shop.test", "/v2"), shop("https://shop.test", "/v3"));
    expect(findings.map(({ rule }) => rule).sort()).toEqual([
      "operation-added",
      "operation-added",
      "operation-removed",
      "operation-removed",
    ]);
  });
});

describe("a server with variables", () => {
  const server = (region: JsonObject) =>
    apiWithPaths(
      { "/a": { get: { responses: {} } } },
      {
        servers: [
          {
            url: "https://{region}.shop.test",
            variables: { region: { default: "eu", ...region } },
          },
        ],
      },
    );

  it.each([
    [
      "with more values to choose from: additive",
      server({ enum: ["eu", "us"] }),
      "servers-changed",
    ],
    [
      "with a different default: a different address",
      server({ default: "us" }),
      "default-server-changed",
    ],
  ])("%s", (_, revision, rule) => {
    expect(findingsOf(server({ enum: ["eu"] }), revision).map((found) => found.rule)).toEqual([
      rule,
    ]);
  });
});

describe("a change that no comparison reaches", () => {
  const condition = (type: string) => ({
    ...v31(received({ ...text, not: { $dynamicRef: "#shape" } })),
    components: { schemas: { Shape: { $dynamicAnchor: "shape", type } } },
  });

  it("names the operations that use the component", () => {
    const [finding, ...others] = findingsOf(condition("string"), condition("integer"));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: "unknown-changed", level: "breaking" });
    expect(finding?.reaches.map(({ operation }) => operation)).toEqual(["POST /things"]);
  });

  it("names the operations of the path it is in", () => {
    const overridden = (type: string) =>
      apiWithPaths({
        "/a": {
          parameters: [{ name: "q", in: "query", schema: { type } }],
          get: { parameters: [{ name: "q", in: "query", schema: text }], responses: {} },
        },
      });
    const [finding] = findingsOf(overridden("string"), overridden("integer"));
    expect(finding?.reaches.map(({ operation }) => operation)).toEqual(["GET /a"]);
  });
});

it("drift follows the references of a condition, in the direction of the value", () => {
  const api = (schema: JsonObject) => (type: string) => ({
    ...v31(received({ ...schema })),
    components: { schemas: { Kind: object({ a: { type } }) } },
  });
  const kind = { $ref: "#/components/schemas/Kind" };
  const conditions = [
    { if: kind, then: { required: ["b"] } },
    { allOf: [{ patternProperties: { "^x": kind } }, { patternProperties: { "^y": kind } }] },
    { allOf: [{ contains: kind }, { contains: text }] },
  ];
  for (const schema of conditions) {
    const findings = findingsOf(api(schema)("string"), api(schema)("integer"));
    expect(findings.map(({ level }) => level)).toEqual(["breaking"]);
    expect(findings[0]?.reaches).toEqual([
      { operation: "POST /things", direction: "response", level: "breaking" },
    ]);
  }
});

describe("a document that cannot be compared", () => {
  const broken = (reference: string) => sent({ $ref: reference });
  it.each([
    ["a reference that leads nowhere", broken("#/components/schemas/Gone"), "leads nowhere"],
    [
      "a reference that leads out of the document",
      broken("./pet.yaml"),
      "leads out of the document",
    ],
    ["a mapping that leads nowhere", pets(text, { cat: "Gone" }), "leads nowhere"],
    [
      "a mapping that leads out of the document",
      pets(text, { cat: "./cat.yaml" }),
      "leads out of the document",
    ],
    [
      "a reference that leads to itself",
      {
        ...broken("#/components/schemas/A"),
        components: { schemas: { A: { $ref: "#/components/schemas/A" } } },
      },
      "leads in a circle",
    ],
  ])("fails with the position, and never counts as unchanged: %s", (_, document, problem) => {
    expect(() => findingsOf(document, document)).toThrow(problem);
  });
});

it.each([
  ["1152921504606846976", "1152921504606846977"],
  ["9007199254740992.0", "9007199254740993.0"],
])("drift distinguishes integers over 2^53: %s and %s", async (before, after) => {
  const api = (value: string) =>
    JSON.stringify(sent({ ...number, enum: [0] })).replace("[0]", `[${value}]`);
  const root = await temporaryFolder({
    "ours.json": api(before),
    "theirs.json": api(after),
  });
  const { findings } = await findDrift({
    base: join(root, "ours.json"),
    published: join(root, "theirs.json"),
  });
  expect(findings.map(({ text: said }) => said)).toEqual([
    expect.stringContaining(after.replace(".0", "")),
  ]);
});
