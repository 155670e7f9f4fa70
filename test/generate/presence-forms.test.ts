import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  presenceOfObject,
  presenceReader,
  samePresence,
} from "../../scripts/generate/presence/index.js";
import { listAt, type JsonObject } from "../../src/openapi/json.js";
import { FIELDS, formulas } from "./support/formulas.js";

const url = { type: "string", pattern: "^https://" };
const data = { type: "string", pattern: "^data:" };
const model = { type: "string" };
const properties = { model, url, data };
const open = { type: "object", properties, required: ["model"] };
const closed = { ...open, additionalProperties: false };
const has = (...required: string[]) => ({ required });
const lacks = (...required: string[]) => ({ not: { required } });

/** Ways to say that a body needs a model and exactly one of a URL and data. */
const EXACTLY_ONE: Record<string, JsonObject> = {
  "oneOf with required": { ...open, oneOf: [has("url"), has("data")] },
  "oneOf with required and not": {
    ...open,
    oneOf: [
      { ...has("url"), ...lacks("data") },
      { ...has("data"), ...lacks("url") },
    ],
  },
  "anyOf and not": { ...open, anyOf: [has("url"), has("data")], ...lacks("url", "data") },
  "members of allOf": { allOf: [open, { anyOf: [has("url"), has("data")] }, lacks("url", "data")] },
  "oneOf of objects": {
    oneOf: [
      { type: "object", properties: { model, url }, required: ["model", "url"] },
      { type: "object", properties: { model, data }, required: ["data", "model"] },
    ],
  },
  "oneOf of closed objects": {
    oneOf: [
      { ...closed, properties: { model, url }, required: ["model", "url"] },
      { ...closed, properties: { model, data }, required: ["model", "data"] },
    ],
  },
  "oneOf of references to closed objects": {
    oneOf: [{ $ref: "#/components/schemas/FromUrl" }, { $ref: "#/components/schemas/FromData" }],
  },
  "anyOf of closed objects": {
    anyOf: [
      { ...closed, properties: { model, url }, required: ["model", "url"] },
      { ...closed, properties: { model, data }, required: ["model", "data"] },
    ],
  },
  "dependentSchemas and anyOf": {
    ...open,
    anyOf: [has("url"), has("data")],
    dependentSchemas: { url: { properties: { data: false } } },
  },
  "if, then and else": {
    ...open,
    if: has("url"),
    then: { properties: { data: { not: {} } } },
    else: has("data"),
  },
  "counting the fields of a closed object": { ...closed, minProperties: 2, maxProperties: 2 },
};

const document = {
  openapi: "3.1.0",
  components: {
    schemas: {
      FromUrl: { ...closed, properties: { model, url }, required: ["model", "url"] },
      FromData: { ...closed, properties: { model, data }, required: ["model", "data"] },
    },
  },
};

function presenceOf(schema: JsonObject) {
  return presenceReader(document)(schema);
}

describe("the same presence rule in another form", () => {
  test.each(Object.entries(EXACTLY_ONE))("%s is exactly one of the two fields", (_, schema) => {
    const { constraints, rest, unread } = presenceOf(schema);
    expect(constraints.map(({ fields }) => fields)).toEqual([["url", "data"]]);
    expect(unread).toEqual([]);
    expect(presenceOfObject(document, schema).rules).toEqual([
      { kind: "exactly-one", fields: ["url", "data"] },
    ]);
    const [plain = rest] = listAt(rest, "allOf");
    expect(plain).toMatchObject({ properties, required: ["model"] });
    expect(Object.keys(plain as object)).not.toContain("oneOf");
  });

  test("has the same presence as every other form, and a different one from at-least-one", () => {
    const all = Object.values(EXACTLY_ONE).map((schema) => presenceOf(schema).constraints);
    const atLeastOne = presenceOf({ ...open, anyOf: [has("url"), has("data")] }).constraints;
    for (const one of all) {
      for (const other of all) expect(samePresence(one, other)).toBe(true);
      expect(samePresence(one, atLeastOne)).toBe(false);
    }
  });

  test("has the same presence whatever is wrapped around it", () => {
    const read = (schema: object) => presenceOf({ ...schema }).constraints;
    fc.assert(
      fc.property(formulas, formulas, (one, other) => {
        expect(samePresence(read({ allOf: [one] }), read({ not: { not: one } }))).toBe(true);
        expect(
          samePresence(
            read({ allOf: [one, other] }),
            read({ not: { anyOf: [{ not: other }, { not: one }] } }),
          ),
        ).toBe(true);
      }),
    );
  });
});

describe("a form that says more than the presence rule", () => {
  const source = (name: string) => ({ type: "string", enum: [name] });
  const alternative = (name: string, field: string, schema: object, more: object = {}) => ({
    type: "object",
    properties: { source: source(name), [field]: schema },
    required: ["source", field],
    ...more,
  });
  const isClosed = { additionalProperties: false };

  test("still excludes both images as a discriminated union of closed objects", () => {
    const schema = {
      oneOf: [
        alternative("url", "url", url, isClosed),
        alternative("data", "data", data, isClosed),
      ],
      discriminator: { propertyName: "source" },
    };
    expect(presenceOf(schema).rest).toEqual(schema);
    const { rules, fields } = presenceOfObject(document, schema);
    expect(rules).toEqual([{ kind: "exactly-one", fields: ["url", "data"] }]);
    expect([...fields.keys()]).toEqual(["source", "url", "data"]);
  });

  test("requires an image as a discriminated union of open objects, as a validator does", () => {
    const oneOf = [alternative("url", "url", url), alternative("data", "data", data)];
    expect(presenceOfObject(document, { oneOf }).rules).toEqual([
      { kind: "at-least-one", fields: ["url", "data"] },
    ]);
  });

  test("adds a rule of its own for dependentRequired beside the image rule", () => {
    const schema = {
      ...open,
      oneOf: [has("url"), has("data")],
      dependentRequired: { mask: ["strength"] },
    };
    expect(presenceOfObject(document, schema).rules).toEqual([
      { kind: "exactly-one", fields: ["url", "data"] },
      { kind: "requires", fields: ["mask", "strength"] },
    ]);
    expect(presenceOf(schema).unread).toEqual([]);
  });

  test("splits off a field beside the pair", () => {
    const both = { ...closed, properties: { ...properties, title: model }, minProperties: 2 };
    const { constraints, rules } = presenceOf({ ...both, ...lacks("url", "data") });
    expect(constraints).toHaveLength(1);
    expect(rules).toContainEqual({ kind: "at-most-one", fields: ["url", "data"] });
  });
});

const NINE = Array.from({ length: 9 }, (_, index) => `field${index}`);

describe("alternatives that are not a presence rule stay unchanged", () => {
  const object = (fields: object, ...required: string[]) => ({
    type: "object",
    properties: fields,
    required,
  });
  test.each([
    [
      "a field with two types",
      [object({ id: url }, "id"), object({ id: { type: "number" } }, "id")],
    ],
    [
      "an alternative that includes another one",
      [object({ url }, "url"), object({ url, data }, "url", "data")],
    ],
    ["a string or an object", [{ type: "string" }, object({ url }, "url")]],
    [
      "more fields than a table has",
      [
        object(Object.fromEntries(NINE.map((field) => [field, url])), ...NINE),
        object({ data }, "data"),
      ],
    ],
  ])("%s", (_, oneOf) => {
    expect(presenceOf({ oneOf }).rest).toEqual({ oneOf });
    expect(presenceOf({ oneOf }).unread).toEqual([]);
  });
});

test("schemas that each refer to the next one twice are read in time", () => {
  const names = Array.from({ length: 60 }, (_, index) => `S${index}`);
  const ref = (name: string) => ({ $ref: `#/${name}` });
  for (const keyword of ["allOf", "anyOf", "oneOf"]) {
    const doubling: JsonObject = Object.fromEntries(
      names.map((name, index) => [
        name,
        index === 59
          ? { required: [FIELDS[0]] }
          : { [keyword]: [ref(`S${index + 1}`), ref(`S${index + 1}`)] },
      ]),
    );
    const { rules } = presenceOfObject(doubling, doubling["S0"]);
    expect(rules).toEqual([]);
  }
});
