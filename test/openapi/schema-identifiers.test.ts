import { describe, expect, test } from "vitest";
import { targetOf } from "../../src/openapi/schema-identifiers.js";

/** A document with schemas that name themselves as JSON Schema 2020-12, section 8.2 has it. */
const document = {
  openapi: "3.1.0",
  components: {
    schemas: {
      Plain: { $anchor: "plain", $defs: { Inner: { type: "string" } } },
      Relative: { $id: "relative.json", $defs: { Inner: { $anchor: "inner" } } },
      Absolute: {
        $id: "https://example.com/schemas/absolute#",
        $defs: {
          Inner: { $anchor: "inner", properties: { "a b": { $dynamicAnchor: "dynamic" } } },
          Nested: { $id: "nested", items: [{ $anchor: "inner" }] },
        },
      },
      "percent%41": { $id: "https://example.com/percent", $defs: { Inner: {} } },
      Urn: { $id: "urn:uuid:0b0f1c9e-6f0f-4a43-a5a1-0d3b7a1f4f11", $anchor: "urn" },
      Broken: { $id: "https://[broken", $anchor: "broken" },
      Data: { default: { $anchor: "data" }, const: { $id: "https://example.com/data" } },
      Named: { properties: { $id: { type: "string" }, $anchor: { type: "string" } } },
    },
  },
};
const schemas = "/components/schemas";
const absolute = `${schemas}/Absolute`;
const percent = `${schemas}/percent%41`;

describe("a reference from outside of any $id", () => {
  test.each<[reference: string, target: string | undefined]>([
    ["#/components/schemas/Plain/$defs/Inner", `${schemas}/Plain/$defs/Inner`],
    ["#", ""],
    ["#plain", `${schemas}/Plain`],
    ["relative.json", `${schemas}/Relative`],
    ["relative.json#", `${schemas}/Relative`],
    ["relative.json#inner", `${schemas}/Relative/$defs/Inner`],
    ["./relative.json#/$defs/Inner", `${schemas}/Relative/$defs/Inner`],
    ["https://example.com/schemas/absolute", absolute],
    ["https://example.com/schemas/absolute#", absolute],
    ["https://example.com/schemas/absolute#inner", `${absolute}/$defs/Inner`],
    [
      "https://example.com/schemas/absolute#/$defs/Inner/properties/a%20b",
      `${absolute}/$defs/Inner/properties/a b`,
    ],
    ["https://example.com/schemas/absolute#dynamic", `${absolute}/$defs/Inner/properties/a b`],
    ["https://example.com/schemas/nested#inner", `${absolute}/$defs/Nested/items/0`],
    ["https://example.com/percent#/$defs/Inner", `${percent}/$defs/Inner`],
    ["urn:uuid:0b0f1c9e-6f0f-4a43-a5a1-0d3b7a1f4f11", `${schemas}/Urn`],
    ["urn:uuid:0b0f1c9e-6f0f-4a43-a5a1-0d3b7a1f4f11#urn", `${schemas}/Urn`],
    ["#broken", `${schemas}/Broken`],
    // An anchor belongs to the nearest $id.
    ["#inner", undefined],
    ["#nothing", undefined],
    ["#data", undefined],
    ["#/nothing", undefined],
    ["relative.json#/nothing", undefined],
    ["other.json", undefined],
    ["other.json#/components/schemas/Plain", undefined],
    ["https://example.com/data", undefined],
    ["https://[broken", undefined],
  ])("%s leads to %s", (reference, target) => {
    expect(targetOf(document, reference)).toBe(target);
  });
});

describe("a reference from inside of a schema with an $id", () => {
  const from = `${absolute}/$defs/Inner/properties/a b`;

  test.each<[reference: string, target: string | undefined]>([
    ["#", absolute],
    ["#/$defs/Inner", `${absolute}/$defs/Inner`],
    ["#inner", `${absolute}/$defs/Inner`],
    ["nested", `${absolute}/$defs/Nested`],
    ["nested#inner", `${absolute}/$defs/Nested/items/0`],
    ["/schemas/absolute", absolute],
    ["/percent", percent],
    // A pointer starts at the schema with the $id, not at the document.
    ["#/components/schemas/Plain", undefined],
    ["relative.json", undefined],
  ])("%s leads to %s", (reference, target) => {
    expect(targetOf(document, reference, from)).toBe(target);
  });

  test("is relative to the innermost of several, as is the schema's own address", () => {
    const nested = `${absolute}/$defs/Nested`;
    for (const place of [nested, `${nested}/items/0`]) {
      expect(targetOf(document, "#", place)).toBe(nested);
      expect(targetOf(document, "absolute", place)).toBe(absolute);
    }
  });
});

test("OpenAPI 3.0 has no $id and no anchors", () => {
  const older = { ...document, openapi: "3.0.3" };
  expect(targetOf(older, "#plain")).toBeUndefined();
  expect(targetOf(older, "relative.json")).toBeUndefined();
  expect(targetOf(older, "#/$defs/Inner", absolute)).toBeUndefined();
  expect(targetOf(older, `#${absolute}`)).toBe(absolute);
});
