import { expect, test } from "vitest";
import { MergeConflictError } from "../../scripts/merge/conflicts.js";
import { mergeFragments } from "../../scripts/merge/merge-fragments.js";
import { errorLines, fragment, source } from "./support.js";

const withName = (maxLength: number) => ({
  schemas: { Name: { type: "object", properties: { name: { type: "string", maxLength } } } },
});

test("a conflict shows both positions, the pointer to the deepest difference, and what differs", () => {
  const lines = errorLines([
    fragment("a.json", { components: withName(25) }),
    fragment("b.json", { path: "/b", components: withName(30) }),
  ]);

  expect(lines).toEqual([
    "b.json:25:13: conflict in component schemas/Name: " +
      "/components/schemas/Name/properties/name/maxLength: 30 here, 25 at a.json:25:13",
  ]);
});

test("a conflict is available to programs as data", () => {
  const conflict = conflictsOf([
    fragment("a.json", { components: withName(25) }),
    fragment("b.json", { path: "/b", components: withName(30) }),
  ])[0];

  expect(conflict).toEqual({
    subject: "component schemas/Name",
    pointer: "/components/schemas/Name/properties/name/maxLength",
    difference: "30 here, 25 at a.json:25:13",
    odd: { file: "b.json", line: 25, column: 13 },
    other: { file: "a.json", line: 25, column: 13 },
    alsoIn: [],
    furtherDifferences: 0,
  });
});

test("of three conflicting fragments, the one that differs from the others is named, whatever its name", () => {
  const [line, ...others] = errorLines([
    fragment("a.json", { components: withName(30) }),
    fragment("b.json", { path: "/b", components: withName(25) }),
    fragment("c.json", { path: "/c", components: withName(25) }),
  ]);

  expect(line).toMatch(/^a\.json:25:13: .* 30 here, 25 at b\.json:25:13$/);
  expect(others).toEqual([]);
});

test("of two conflicting fragments, the transcribed one is named, even if its name comes first", () => {
  const [line] = errorLines(
    [
      fragment("a.json", { components: withName(30) }),
      fragment("b.json", { path: "/b", components: withName(25) }),
    ],
    { isTranscribed: ({ file }) => file === "a.json" },
  );

  expect(line).toMatch(/^a\.json:25:13: .* 30 here, 25 at b\.json:25:13$/);
});

test("many fragments with the same conflict are reported in one line", () => {
  const sources = Array.from({ length: 300 }, (_, index) =>
    fragment(`${String(index).padStart(3, "0")}.json`, {
      path: `/${index}`,
      components: withName(index < 200 ? 25 : 30),
    }),
  );

  const lines = errorLines(sources);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(
    /^200\.json.* 25 at 000\.json:25:13 \(the same in 201\.json, 202\.json, 203\.json and 96 more\)$/,
  );
});

test("all conflicts are reported, not only the first", () => {
  const parts = conflictsOf([
    fragment("a.json", {
      root: { security: [{ key: [] }], tags: [{ name: "t", "x-order": 1 }], "x-a": 1 },
      operation: { operationId: "do" },
      components: withName(25),
    }),
    fragment("b.json", {
      path: "/b",
      root: {
        info: { title: "Other", version: "1" },
        servers: [{ url: "https://b.test" }],
        tags: [{ name: "t", "x-order": 2 }],
        "x-a": 2,
      },
      operation: { operationId: "do" },
      components: withName(30),
    }),
  ]).map(({ subject }) => subject);

  expect(parts.sort()).toEqual([
    "component schemas/Name",
    "info",
    "operationId do",
    "security",
    "servers",
    "tag t",
    "x-a",
  ]);
});

test("a conflict in several places of a component says how many", () => {
  const lines = errorLines([
    fragment("a.json", { components: { schemas: { S: { type: "string", minLength: 1 } } } }),
    fragment("b.json", { path: "/b", components: { schemas: { S: { type: "number" } } } }),
  ]);

  expect(lines).toEqual([
    'b.json:21:9: conflict in component schemas/S: /components/schemas/S/type: "number" here, ' +
      '"string" at a.json:21:9 (1 more of its places differ)',
  ]);
});

test("a conflict between enums says which values are missing and which are new", () => {
  const schema = (...values: string[]) => ({ schemas: { S: { enum: values } } });
  const [line] = errorLines([
    fragment("a.json", { components: schema("x", "y") }),
    fragment("b.json", { path: "/b", components: schema("y", "z") }),
  ]);

  expect(line).toContain('/components/schemas/S/enum: "z" only here, "x" only at a.json:21:9');
});

test("different titles and versions in info are a conflict", () => {
  const [title] = errorLines([
    fragment("a.json"),
    fragment("b.json", { path: "/b", root: { info: { title: "Other", version: "1" } } }),
  ]);
  expect(title).toBe(
    'b.json:4:5: conflict in info: /info/title: "Other" here, "Test API" at a.json:4:5',
  );
  const [version] = errorLines([
    fragment("a.json"),
    fragment("b.json", { path: "/b", root: { info: { title: "Test API", version: "2" } } }),
  ]);
  expect(version).toContain('/info/version: "2" here, "1" at a.json:5:5');
});

test("fragments in OpenAPI 3.0 and 3.1 are a conflict", () => {
  const mixed = [fragment("a.json"), fragment("b.json", { path: "/b", openapi: "3.1.0" })];
  expect(errorLines(mixed)).toEqual([
    'b.json:2:3: conflict in openapi: /openapi: "3.1" here, "3.0" at a.json:2:3 ' +
      "(the same words mean other things in these versions: pull all fragments in one of them)",
  ]);
});

test("a conflict between two documents says so", () => {
  const of = (document: string, file: string, path: string) => ({
    ...fragment(file, { path, root: { servers: [{ url: `https://example.com${document}` }] } }),
    document,
  });
  const [line] = errorLines([of("/v1.json", "a.md", "/a"), of("/v2.json", "b.md", "/b")]);
  expect(line).toContain(
    "(this one was cut from /v2.json, the other from /v1.json: merge one document at a time)",
  );
});

test("integers over 2^53 that a double could not distinguish are a conflict", () => {
  const [a, b] = ["1152921504606846977", "1152921504606846976"].map((digits) =>
    fragment(`${digits}.json`, {
      path: `/${digits}`,
      components: { schemas: { Id: { enum: [digits] } } },
    }),
  );
  const unquoted = [a, b].map((one) =>
    source(one?.file ?? "", one?.text.replaceAll(/"(\d{19})"/g, "$1") ?? ""),
  );
  expect(errorLines(unquoted)[0]).toContain(
    "enum: 1152921504606846977 only here, 1152921504606846976 only at",
  );
});

test("a duplicate operation is a conflict, even if both are the same", () => {
  expect(errorLines([fragment("a.json"), fragment("b.json"), fragment("c.json")])).toEqual([
    "b.json:9:7: conflict in operation GET /a: /paths/~1a/get: declared here and at a.json:9:7 " +
      "(the same in c.json)",
  ]);
});

test("a duplicate operationId is a conflict", () => {
  const operation = { operationId: "list" };
  expect(
    errorLines([
      fragment("a.json", { operation }),
      fragment("b.json", { path: "/b", method: "post", operation }),
    ]),
  ).toEqual([
    "b.json:15:9: conflict in operationId list: /paths/~1b/post/operationId: " +
      '"POST /b" here, "GET /a" at a.json:15:9',
  ]);
});

test("an operationId that another fragment uses in a callback is a conflict", () => {
  const called = { "{$request.body#/url}": { post: { operationId: "notify", responses: {} } } };
  const lines = errorLines([
    fragment("a.json", { operation: { operationId: "notify" } }),
    fragment("b.json", { path: "/b", operation: { callbacks: { done: called } } }),
  ]);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('"POST {$request.body#/url}" here, "GET /a" at a.json:15:9');
});

test("the same method on path templates that differ only in a parameter's name is a conflict", () => {
  expect(
    errorLines([
      fragment("a.json", { path: "/things/{id}/parts" }),
      fragment("b.json", { path: "/things/{key}/parts" }),
      fragment("c.json", { path: "/things/mine/parts" }),
    ]),
  ).toEqual([
    "b.json:9:7: conflict in operation GET /things/{key}/parts: " +
      "/paths/~1things~1{key}~1parts/get: declared here and at a.json:9:7",
  ]);
});

test("different methods on such path templates are kept side by side, with a warning", () => {
  const { document, warnings } = mergeFragments([
    fragment("a.json", { path: "/things/{id}/parts" }),
    fragment("b.json", { path: "/things/{key}/parts", method: "post" }),
  ]);
  expect(Object.keys(document["paths"] as object)).toEqual([
    "/things/{id}/parts",
    "/things/{key}/parts",
  ]);
  expect(warnings).toEqual([
    "b.json:8:5: warning: path template /things/{}/parts: /things/{key}/parts here, " +
      "/things/{id}/parts at a.json:8:5",
  ]);
});

test("different shared fields of a path item are a conflict", () => {
  const parameter = (name: string) => ({ parameters: [{ in: "query", name, schema: {} }] });
  const [line] = errorLines([
    fragment("a.json", { pathFields: parameter("q") }),
    fragment("b.json", { method: "post", pathFields: parameter("query") }),
  ]);
  expect(line).toBe(
    "b.json:12:11: conflict in path /a: /paths/~1a/parameters/0/name: " +
      '"query" here, "q" at a.json:12:11',
  );
});

test("different documentation links and extensions at the root are a conflict", () => {
  const lines = errorLines([
    fragment("a.json", { root: { externalDocs: { url: "https://a.test" }, "x-a": [1, 2] } }),
    fragment("b.json", {
      path: "/b",
      root: { externalDocs: { url: "https://b.test" }, "x-a": [2, 1] },
    }),
  ]);
  expect(lines.map((line) => line.split(": ")[1])).toEqual([
    "conflict in externalDocs",
    "conflict in x-a",
  ]);
});

test("a name is not a keyword: a property called description, or a value in a default", () => {
  const parts = conflictsOf([
    fragment("a.json", {
      components: {
        schemas: {
          Property: { properties: { description: { type: "string" } } },
          Default: { default: { description: "a" } },
          Value: { enum: [{ example: 1 }] },
        },
      },
    }),
    fragment("b.json", {
      path: "/b",
      components: {
        schemas: {
          Property: { properties: { description: { type: "number" } } },
          Default: { default: { description: "b" } },
          Value: { enum: [{ example: 2 }] },
        },
      },
    }),
  ]).map(({ subject }) => subject);

  expect(parts).toEqual([
    "component schemas/Property",
    "component schemas/Default",
    "component schemas/Value",
  ]);
});

test("a conflict in a page's fragment is located by the page's lines", () => {
  const block = { ...source("page.md", fragment("x").text), lineOffset: 40 };
  expect(errorLines([fragment("a.json"), block])[0]).toContain("page.md:49:7: conflict");
});

function conflictsOf(sources: ReturnType<typeof fragment>[]) {
  try {
    mergeFragments(sources);
  } catch (error) {
    if (error instanceof MergeConflictError) return error.conflicts;
    throw error;
  }
  throw new Error("a conflict was expected");
}
