import type { IncomingMessage } from "node:http";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findOperation } from "../../src/emulator/api/find-operation.js";
import { readParameters } from "../../src/emulator/api/parameters.js";
import { readOperations } from "../../src/emulator/document/operations.js";
import type { OperationFacts, ParameterFacts } from "../../src/generated/operations.js";
import { serializeHeaders, serializeQuery } from "../../src/wrappers/parameters.js";
import { fillPath } from "../../src/wrappers/request-path.js";

const types = {
  text: { type: "string" },
  number: { type: "integer" },
  flag: { type: "boolean" },
  list: { type: "array", items: { type: "integer" } },
  texts: { type: "array", items: { type: "string" } },
  object: {
    type: "object",
    properties: { name: { type: "string" }, size: { type: "integer" }, isNew: { type: "boolean" } },
  },
};

/**
 * Without the characters that separate items in some style: a comma, a dot, a semicolon, an equals
 * sign.
 */
const word = fc.stringMatching(/^[\w äß&?#%+:@-]{0,10}[\wäß]$/).filter((text) => !/^\s/.test(text));
const plainWord = fc.stringMatching(/^[\wäß&?#%+:@-]{1,10}$/);

const values: Record<keyof typeof types, fc.Arbitrary<unknown>> = {
  text: word,
  number: fc.integer(),
  flag: fc.boolean(),
  list: fc.array(fc.integer(), { minLength: 2, maxLength: 4 }),
  texts: fc.array(plainWord, { minLength: 2, maxLength: 4 }),
  object: fc.record(
    { name: plainWord, size: fc.integer(), isNew: fc.boolean() },
    { requiredKeys: ["name", "size"] },
  ),
};

const scalars = ["text", "number", "flag"] as const;
const lists = ["list", "texts"] as const;

type Case = readonly [ParameterFacts["in"], string, boolean, readonly (keyof typeof types)[]];

/** The styles of OpenAPI (3.1.1, "Style Values"), and the types that each can represent. */
const styles: Case[] = [
  ["query", "form", true, [...scalars, ...lists, "object"]],
  ["query", "form", false, [...scalars, ...lists, "object"]],
  ["query", "spaceDelimited", false, lists],
  ["query", "pipeDelimited", false, lists],
  ["query", "deepObject", true, ["object"]],
  ["path", "simple", false, [...scalars, ...lists, "object"]],
  ["path", "simple", true, [...scalars, ...lists, "object"]],
  ["path", "label", false, [...scalars, ...lists, "object"]],
  ["path", "label", true, [...scalars, ...lists, "object"]],
  ["path", "matrix", false, [...scalars, ...lists, "object"]],
  ["path", "matrix", true, [...scalars, ...lists, "object"]],
  ["header", "simple", false, [...scalars, ...lists, "object"]],
  ["header", "simple", true, [...scalars, ...lists, "object"]],
];

const cases = styles.flatMap(([place, style, explode, kinds]) =>
  kinds.map((kind) => ({ place, style, explode, kind })),
);

/** Lets the client write a parameter, and the emulator read it. */
function sendAndRead(parameter: ParameterFacts, described: object, value: unknown): unknown {
  const inPath = parameter.in === "path";
  const path = inPath ? "/things/{value}" : "/things";
  const document = {
    openapi: "3.1.0",
    info: { title: "Invented", version: "1" },
    paths: {
      [path]: {
        get: { parameters: [described], responses: { 200: { description: "Done" } } },
      },
    },
  };
  const facts: OperationFacts = {
    method: "GET",
    path,
    name: "things.get",
    parameters: [parameter],
  };
  const given = { value };
  const url =
    fillPath(facts, () => value) + serializeQuery(facts, parameter.in === "query" ? given : {});
  const headers = serializeHeaders(facts, parameter.in === "header" ? (given as never) : {});

  const [pathname = "", query] = url.split("?");
  const route = findOperation(readOperations(document), "GET", pathname);
  if (!route) throw new Error(`no operation at ${pathname}`);
  const request = { headers } as unknown as IncomingMessage;
  const read = readParameters(
    document,
    route.operation,
    route.pathParameters,
    new URLSearchParams(query),
    request,
  );
  return [...read.values()][0];
}

describe("the emulator reads what the client writes of a parameter", () => {
  test.each(cases)("in the $place, style $style, explode $explode, type $kind", (one) => {
    const { place, style, explode, kind } = one;
    const parameter: ParameterFacts = { name: "value", in: place, style, explode };
    const described = { ...parameter, required: place === "path", schema: types[kind] };
    fc.assert(
      fc.property(values[kind], (value) => {
        expect(sendAndRead(parameter, described, value)).toEqual(value);
      }),
      { numRuns: 30 },
    );
  });

  test.each(["query", "header"] as const)("in the %s, written as JSON", (place) => {
    const parameter: ParameterFacts = { name: "value", in: place, json: true };
    const content = { "application/json": { schema: { type: "object" } } };
    // A header can only contain Latin-1.
    const json = fc.jsonValue().filter((value) => !/[^\x20-\x7e]/.test(JSON.stringify(value)));
    fc.assert(
      fc.property(json, (value) => {
        expect(sendAndRead(parameter, { name: "value", in: place, content }, value ?? 0)).toEqual(
          value ?? 0,
        );
      }),
      { numRuns: 50 },
    );
  });
});

describe("the emulator reads a parameter", () => {
  const valueOf = (schema: object, text: string) =>
    sendAndRead({ name: "value", in: "query" }, { name: "value", in: "query", schema }, text);

  test.each([
    [{ type: ["integer", "null"] }, "null", null],
    [{ type: ["integer", "null"] }, "7", 7],
    [{ anyOf: [{ type: "integer" }, { type: "boolean" }] }, "true", true],
    [{ oneOf: [{ type: "boolean" }, { type: "number" }] }, "1.5", 1.5],
    [{ allOf: [{ type: "integer" }] }, "7", 7],
    [{ type: "integer" }, "seven", "seven"],
    [{ type: "boolean" }, "yes", "yes"],
    [{ type: "integer" }, " ", " "],
    [{}, "7", "7"],
  ])("with the schema %j as the type that its text can have: %s", (schema, text, expected) => {
    expect(valueOf(schema, text)).toEqual(expected);
  });

  /** The values that a document's parameters have in a request to `/things`. */
  const read = (described: object[], { query = "", headers = {} }) => {
    const get = { parameters: described, responses: { 200: { description: "Done" } } };
    const document = { openapi: "3.1.0", info: {}, paths: { "/things": { get } } };
    const [operation] = readOperations(document);
    if (!operation) throw new Error("no operation");
    const request = { headers } as unknown as IncomingMessage;
    const values = readParameters(document, operation, {}, new URLSearchParams(query), request);
    return Object.fromEntries([...values].map(([{ name }, value]) => [name, value]));
  };

  test("in a cookie, with whatever its value contains", () => {
    const cookies = ["session", "size", "missing"].map((name) => ({
      name,
      in: "cookie",
      schema: { type: name === "size" ? "integer" : "string" },
    }));
    const headers = { cookie: "my-session=b; session=YQ==; size=7" };
    expect(read(cookies, { headers })).toEqual({ session: "YQ==", size: 7 });
    expect(read(cookies, {})).toEqual({});
  });

  test("in JSON that is nested deeper than any genuine value as a text", () => {
    const area = { name: "area", in: "query", content: { "application/json": { schema: {} } } };
    const nested = "[".repeat(5000) + "]".repeat(5000);
    expect(read([area], { query: `area=${nested}` })).toEqual({ area: nested });
  });

  test("that is sent twice as a list, which no single value may be", () => {
    const page = { name: "page", in: "query", schema: { type: "integer" } };
    expect(read([page], { query: "page=1&page=2" })).toEqual({ page: ["1", "2"] });
  });

  test.each([
    ["filter[size", "style deepObject without its bracket", { style: "deepObject" }, undefined],
    ["filter=size", "a name without a value", { explode: false }, { size: "" }],
    [
      "filter=name,a,size",
      "a last name without a value",
      { explode: false },
      { name: "a", size: "" },
    ],
  ])("?%s: %s", (query, _what, rest, expected) => {
    const filter = { name: "filter", in: "query", schema: types.object, ...rest };
    expect(read([filter], { query })).toEqual(expected === undefined ? {} : { filter: expected });
  });

  test("of a header with a name without a value", () => {
    const header = { name: "x-area", in: "header", explode: true, schema: types.object };
    expect(read([header], { headers: { "x-area": "name=a=b,size" } })).toEqual({
      "x-area": { name: "a=b", size: "" },
    });
  });

  test("that is missing as missing, whatever its style", () => {
    for (const { style, explode, kind } of cases.filter(({ place }) => place === "query")) {
      const described = { name: "value", in: "query", style, explode, schema: types[kind] };
      expect(sendAndRead({ name: "value", in: "query" }, described, undefined)).toBeUndefined();
    }
  });
});
