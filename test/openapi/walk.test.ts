import { expect, test } from "vitest";
import { walkObjects, walkReferences } from "../../src/openapi/walk.js";

/** The pointers of the objects that are visited, of which those that contain another are left out. */
function visited(document: object): string[] {
  const found: string[] = [];
  walkObjects(document, (_object, path) => found.push(path.join("/")));
  return found;
}

test("what an author names is passed through, each named value is visited, and data is left alone", () => {
  const document = {
    components: {
      schemas: {
        Thing: {
          properties: { default: { type: "string" } },
          default: { type: "object" },
          enum: [{ type: "object" }],
          allOf: [{ required: [] }],
        },
      },
      "x-extension": { type: "object" },
    },
  };
  const thing = "components/schemas/Thing";
  expect(visited(document)).toEqual([
    "",
    "components",
    thing,
    `${thing}/properties/default`,
    `${thing}/allOf/0`,
  ]);
});

test("every reference is found: $ref, $dynamicRef, a discriminator's mapping, a named example", () => {
  const document = {
    schema: {
      oneOf: [{ $ref: "#/a" }, { $dynamicRef: "#b" }],
      discriminator: { propertyName: "kind", mapping: { c: "C", d: "#/d" } },
      example: { $ref: "data" },
      examples: [{ $ref: "data" }],
    },
    content: { "application/json": { examples: { First: { $ref: "#/e" } } } },
    other: [{ discriminator: "kind" }, { discriminator: { mapping: null } }, { $ref: 7 }],
  };
  const found: unknown[] = [];
  walkReferences(document, ({ reference, path, keyword }) => {
    found.push([reference, keyword, path.join("/")]);
  });
  expect(found).toEqual([
    ["C", "mapping", "schema/discriminator/mapping/c"],
    ["#/d", "mapping", "schema/discriminator/mapping/d"],
    ["#/a", "$ref", "schema/oneOf/0/$ref"],
    ["#b", "$dynamicRef", "schema/oneOf/1/$dynamicRef"],
    ["#/e", "$ref", "content/application/json/examples/First/$ref"],
    [7, "$ref", "other/2/$ref"],
  ]);
});
