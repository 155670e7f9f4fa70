import { expect, test } from "vitest";
import { mergeFragments } from "../../scripts/merge/merge-fragments.js";
import { errorLines, fragment, source } from "./support.js";

const HEAD = `openapi: 3.0.3
info: { title: T, version: "1" }
`;
const PATHS = `paths:
  /a:
    get: { responses: { 200: { description: fine } } }
`;

const yaml = (text: string) => errorLines([source("a.yaml", text)]);

test("merging refuses an empty list of fragments", () => {
  expect(errorLines([])).toEqual(["there are no fragments to merge"]);
});

test("merging refuses invalid YAML", () => {
  expect(yaml("openapi: 3.0.3\ninfo: [")).toEqual([
    expect.stringMatching(/^a\.yaml:\d+:\d+: not valid YAML or JSON: /),
  ]);
});

test("merging refuses invalid JSON", () => {
  expect(errorLines([source("a.json", '{\n  "openapi": "3.0.3",\n  "info": {]\n}')])).toEqual([
    expect.stringMatching(/^a\.json:3:12: not valid YAML or JSON: /),
  ]);
});

test("merging refuses an empty file, and one that contains something else", () => {
  expect(yaml("")).toEqual([expect.stringMatching(/^a\.yaml:1:1: not valid YAML or JSON: /)]);
  expect(yaml("- 1\n")).toEqual(["a.yaml:1:1: is not an OpenAPI document"]);
});

test("merging refuses duplicate keys, in YAML and in JSON", () => {
  expect(yaml(`${HEAD}${PATHS}info: { title: U, version: "2" }\n`)).toEqual([
    "a.yaml:6:1: not valid YAML or JSON: duplicated mapping key",
  ]);
  const text = fragment("a.json").text.replace('"title"', '"version": "0",\n    "title"');
  expect(errorLines([source("a.json", text)])).toEqual([
    "a.json:6:6: not valid YAML or JSON: duplicated mapping key",
  ]);
});

test("merging refuses a document that is not OpenAPI 3.0 to 3.2", () => {
  for (const version of ["3.3.0", "2.0", "4.0.0"]) {
    expect(errorLines([fragment("a.json", { openapi: version })])).toEqual([
      `a.json:2:3: openapi is "${version}": OpenAPI 3.0, 3.1 and 3.2 can be read`,
    ]);
  }
  expect(yaml('swagger: "2.0"\n')).toEqual([
    "a.yaml:1:1: is Swagger 2.0: not an OpenAPI 3 document",
  ]);
  expect(yaml("hello: world\n")).toEqual([
    "a.yaml:1:1: has no openapi field: not an OpenAPI 3 document",
  ]);
  expect(yaml(`${PATHS}openapi: 3.0\n`)).toEqual([
    "a.yaml:4:1: openapi is 3: OpenAPI 3.0, 3.1 and 3.2 can be read",
  ]);
});

test("merging refuses a fragment without an operation, or with several", () => {
  expect(yaml(`${HEAD}paths: {}\n`)).toEqual([
    "a.yaml:3:1: has no operation; a fragment holds one",
  ]);
  expect(yaml(`${HEAD}paths:\n  /a:\n    get: {}\n  /b:\n    get: {}\n    post: {}\n`)).toEqual([
    "a.yaml:7:5: has 3 operations (GET /a, GET /b, POST /b); a fragment holds one",
  ]);
});

test("merging refuses references that lead out of the fragment or nowhere", () => {
  const text = `${HEAD}${PATHS}components:
  schemas:
    Out: { $ref: other.yaml#/Name }
    Web: { items: { $ref: "https://example.test/schema.json" } }
    Nowhere: { allOf: [{ $ref: "#/components/schemas/Gone" }] }
    Number: { $ref: 5 }
`;
  expect(yaml(text)).toEqual([
    "a.yaml:8:12: $ref leads out of the document: other.yaml#/Name. " +
      "Put what it names under components",
    "a.yaml:9:21: $ref leads out of the document: https://example.test/schema.json. " +
      "Put what it names under components",
    "a.yaml:10:26: $ref leads nowhere: #/components/schemas/Gone",
    "a.yaml:11:15: $ref is not a string",
  ]);
});

test("merging follows only references: not names, not data, but examples by name", () => {
  const components = {
    examples: { E: { value: { $ref: "data.json" } } },
    schemas: {
      "With space": { example: { $ref: "x" }, default: { $ref: "x" }, enum: [{ $ref: "x" }] },
      Pointed: { properties: { $ref: { type: "string" } }, "x-any": { $ref: "x" } },
      User: { allOf: [{ $ref: "#/components/schemas/With%20space", description: "sibling" }] },
    },
    responses: {
      R: {
        description: "r",
        content: { "text/plain": { examples: { e: { $ref: "#/components/examples/E" } } } },
      },
    },
  };
  expect(mergeFragments([fragment("a.json", { components })]).document["components"]).toEqual(
    components,
  );
  const text = fragment("a.json", { components }).text.replace("examples/E", "examples/Gone");
  expect(errorLines([source("a.json", text)])).toEqual([
    expect.stringContaining("$ref leads nowhere: #/components/examples/Gone"),
  ]);
});

test("merging refuses a plain name as a reference, and dangling discriminator targets", () => {
  const text = `${HEAD}${PATHS}components:
  schemas:
    Pet: { type: object }
    User: { $ref: "#Pet" }
    Animal:
      oneOf: [{ $ref: "#/components/schemas/Pet" }]
      discriminator:
        propertyName: kind
        mapping: { pet: Pet, cat: Cat, dog: "#/components/schemas/Dog" }
`;
  expect(yaml(text)).toEqual([
    "a.yaml:9:13: $ref leads nowhere: #Pet. A component is written #/components/schemas/Name",
    "a.yaml:14:30: mapping leads nowhere: Cat",
    "a.yaml:14:40: mapping leads nowhere: #/components/schemas/Dog",
  ]);
});

test("merging refuses a YAML merge key, with its position", () => {
  const text = `${HEAD}${PATHS}components:
  schemas:
    Base: &base { type: object }
    A:
      <<: *base
      required: [id]
`;
  expect(yaml(text)).toEqual([
    "a.yaml:10:7: YAML merge keys (<<) are not read, write out what they stand for",
  ]);
});

test("merging refuses aliases that expand to gigabytes, or to themselves", () => {
  const doubling = Array.from({ length: 45 }, (_, i) => `x-${i + 1}: &b${i + 1} [*b${i}, *b${i}]`);
  expect(yaml(`${HEAD}${PATHS}x-0: &b0 [boom]\n${doubling.join("\n")}\n`)).toEqual([
    "a.yaml:1:1: its YAML aliases stand for more than a document can hold",
  ]);
  expect(yaml(`${HEAD}${PATHS}x-self: &self [*self]\n`)).toEqual([
    "a.yaml:1:1: its YAML aliases stand for more than a document can hold",
  ]);
  const many = Array.from({ length: 101 }, () => "*b").join(", ");
  expect(yaml(`${HEAD}${PATHS}x-0: &b boom\nx-1: [${many}]\n`)).toEqual([
    expect.stringMatching(/^a\.yaml:7:\d+: not valid YAML or JSON: aliases exceeded maxAliases/),
  ]);
});

test("merging refuses endless nesting", () => {
  const deep = `{"x": ${"[".repeat(50_000)}${"]".repeat(50_000)}}`;
  expect(errorLines([source("a.json", deep)])).toEqual([
    expect.stringMatching(/^a\.json:1:\d+: not valid YAML or JSON: nesting exceeded maxDepth/),
  ]);
});

test.for([
  ["info: []", "a.yaml:2:1: info is not an object"],
  ["info: { title: T, version: 2 }", "a.yaml:2:19: info.version is not a string"],
  ["info: { version: '2' }", "a.yaml:2:1: info.title is not a string"],
  ["servers: {}", "servers is not a list"],
  ["security: [key]", "a.yaml:3:12: security.0 is not an object"],
  ["tags: [{ description: no name }]", "tags.0.name is not a string"],
  ["components: []", "components is not an object"],
  ["components: { schemas: [] }", "components.schemas is not an object"],
] as const)("merging refuses a wrong shape: %s", ([field, message]) => {
  const info = field.startsWith("info") ? "" : 'info: { title: T, version: "1" }\n';
  const [line, ...others] = yaml(`openapi: 3.0.3\n${info}${field}\n${PATHS}`);
  expect(line).toContain(message);
  expect(others).toEqual([]);
});

test("merging refuses paths of a wrong shape", () => {
  expect(yaml(`${HEAD}paths: []\n`)).toEqual(["a.yaml:3:1: paths is not an object"]);
  expect(yaml(`${HEAD}${PATHS}  b: {}\n`)).toEqual([
    'a.yaml:6:3: the path b does not begin with "/"',
  ]);
  expect(yaml(`${HEAD}${PATHS}  /b: []\n`)).toEqual(["a.yaml:6:3: paths./b is not an object"]);
  expect(yaml(`${HEAD}paths:\n  /a:\n    get: 1\n`)).toEqual([
    "a.yaml:5:5: paths./a.get is not an object",
  ]);
});

test("merging reports every broken fragment, and every problem of each", () => {
  expect(
    errorLines([
      source("c.yaml", "- 1"),
      fragment("a.json"),
      source("b.yaml", "openapi: 3.0.3\ninfo: 1\n"),
    ]),
  ).toEqual([
    "b.yaml:2:1: info is not an object",
    "b.yaml:1:1: paths is not an object",
    "c.yaml:1:1: is not an OpenAPI document",
  ]);
});
