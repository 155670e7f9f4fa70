import fc from "fast-check";
import { expect, test } from "vitest";
import { isObject, type JsonObject } from "../../src/openapi/json.js";
import { apiWithSchema, findingsOf } from "./documents.js";

const NAMES = ["A", "B", "C"] as const;

/** A schema. It refers only to components that come later, so that all of them can be inlined. */
function schemaArbitrary(later: readonly string[], depth = 3): fc.Arbitrary<JsonObject> {
  const leaf: fc.Arbitrary<JsonObject>[] = [
    fc.record({ type: fc.constant("string"), minLength: fc.nat(5) }, { requiredKeys: ["type"] }),
    fc.record({ type: fc.constant("integer"), maximum: fc.nat(99), nullable: fc.boolean() }),
    fc
      .uniqueArray(fc.constantFrom("a", "b", "c", "d"), { minLength: 1 })
      .map((values) => ({ type: "string", enum: values })),
    ...later.map((name) => fc.constant({ $ref: `#/components/schemas/${name}` })),
  ];
  if (depth === 0) return fc.oneof(...leaf);
  const inner = schemaArbitrary(later, depth - 1);
  return fc.oneof(
    ...leaf,
    fc
      .uniqueArray(fc.tuple(fc.constantFrom("x", "y", "z"), inner, fc.boolean()), {
        selector: ([name]) => name,
        minLength: 1,
      })
      .map((parts) => ({
        type: "object",
        properties: Object.fromEntries(parts.map(([name, schema]) => [name, schema])),
        required: parts.filter(([, , isRequired]) => isRequired).map(([name]) => name),
      })),
    inner.map((items) => ({ type: "array", items })),
    inner.map((schema) => ({ allOf: [schema] })),
    fc.tuple(inner, inner).map((alternatives) => ({ anyOf: alternatives })),
  );
}

const apiArbitrary = fc
  .tuple(
    ...NAMES.map((_, index) => schemaArbitrary(NAMES.slice(index + 1))),
    schemaArbitrary(NAMES),
  )
  .map((schemas) => {
    const components = Object.fromEntries(NAMES.map((name, index) => [name, schemas[index]]));
    return apiWithSchema(schemas[NAMES.length], { schemas: components });
  });

/** The same document, with everything that has no order reordered. */
function reordered(value: unknown, rotation: number): unknown {
  if (Array.isArray(value)) return value.map((item) => reordered(item, rotation));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, part]): [string, unknown] => {
    const inner = reordered(part, rotation);
    const isSet = ["required", "enum", "anyOf"].includes(key) && Array.isArray(inner);
    return [key, isSet ? rotated(inner, rotation) : inner];
  });
  return Object.fromEntries(rotated(entries, rotation));
}

function rotated<Item>(items: readonly Item[], by: number): Item[] {
  const start = items.length > 0 ? by % items.length : 0;
  return [...items.slice(start), ...items.slice(0, start)];
}

function inlined(value: unknown, schemas: JsonObject): unknown {
  if (Array.isArray(value)) return value.map((item) => inlined(item, schemas));
  if (!isObject(value)) return value;
  const { $ref: reference } = value;
  if (typeof reference === "string")
    return inlined(schemas[reference.split("/").at(-1) ?? ""], schemas);
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, inlined(part, schemas)]),
  );
}

function withoutComponents(api: JsonObject): JsonObject {
  const { components, ...rest } = api;
  const schemas = isObject(components) ? components["schemas"] : undefined;
  return inlined(rest, isObject(schemas) ? schemas : {}) as JsonObject;
}

test("a document compared with itself has no findings", () => {
  fc.assert(
    fc.property(apiArbitrary, (api) => {
      expect(findingsOf(api, api)).toEqual([]);
    }),
  );
});

test("a document in another order has no findings", () => {
  fc.assert(
    fc.property(apiArbitrary, fc.nat(7), (api, rotation) => {
      expect(findingsOf(api, reordered(api, rotation) as JsonObject)).toEqual([]);
    }),
  );
});

test("a document with its references inlined has no findings, either way", () => {
  fc.assert(
    fc.property(apiArbitrary, (api) => {
      expect(findingsOf(api, withoutComponents(api))).toEqual([]);
      expect(findingsOf(withoutComponents(api), api)).toEqual([]);
    }),
  );
});

/** Changes that none of the arbitrary schemas contains already. */
const changes: Record<string, (schema: JsonObject) => void> = {
  "another type": (schema) => (schema["type"] = schema["type"] === "boolean" ? "null" : "boolean"),
  "a pattern": (schema) => (schema["pattern"] = "^never$"),
  "a property": (schema) => (schema["properties"] = { new: {} }),
  "a limit": (schema) => (schema["maxLength"] = 1234),
  "a default": (schema) => (schema["default"] = "new"),
  "a description": (schema) => (schema["description"] = "new"),
  "an extension": (schema) => (schema["x-new"] = true),
  "an unknown keyword": (schema) => (schema["surprising"] = 1),
};

/** Every schema in a document, wherever it is. */
function* schemasIn(value: unknown, isSchema = false): Generator<JsonObject> {
  if (Array.isArray(value)) for (const item of value) yield* schemasIn(item, isSchema);
  if (!isObject(value)) return;
  if (isSchema) yield value;
  for (const [key, part] of Object.entries(value)) {
    if (key === "properties" && isObject(part))
      for (const schema of Object.values(part)) yield* schemasIn(schema, true);
    else if (["schema", "items", "allOf", "anyOf"].includes(key)) yield* schemasIn(part, true);
    else yield* schemasIn(part);
  }
}

test.each(Object.entries(changes))("%s is found wherever it is new", (_, change) => {
  fc.assert(
    fc.property(apiArbitrary, fc.nat(), (api, choice) => {
      const changed = structuredClone(withoutComponents(api));
      const schemas = [...schemasIn(changed)];
      const schema = schemas[choice % schemas.length];
      if (schema) change(schema);
      expect(findingsOf(api, changed)).not.toEqual([]);
    }),
  );
});
