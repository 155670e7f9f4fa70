import { expect, test } from "vitest";
import { mergeFragments } from "../../scripts/merge/merge-fragments.js";
import { fragment } from "./support.js";

const described = (description: string, extra: object = {}) => ({
  schemas: { S: { type: "string", description, ...extra } },
});

test("if only wording differs, the first file by name wins, and a warning names both positions", () => {
  const { document, warnings } = mergeFragments([
    fragment("b.json", { path: "/b", components: described("from b") }),
    fragment("a.json", { components: described("from a") }),
  ]);

  expect(document["components"]).toEqual(described("from a"));
  expect(warnings).toEqual([
    "b.json:22:9: warning: component schemas/S is worded differently at a.json:22:9, " +
      "whose words are used",
  ]);
});

test("a verbatim fragment's wording wins over a transcribed one's", () => {
  const { document, warnings } = mergeFragments(
    [
      fragment("a.json", { components: described("from a") }),
      fragment("b.json", { path: "/b", components: described("from b") }),
    ],
    { isTranscribed: ({ file }) => file === "a.json" },
  );

  expect(document["components"]).toEqual(described("from b"));
  expect(warnings).toEqual([
    "a.json:22:9: warning: component schemas/S is worded differently at b.json:22:9, " +
      "whose words are used",
  ]);
});

test.for([
  ["summary", "a", "b"],
  ["title", "a", "b"],
  ["example", { a: 1 }, { b: [2] }],
  ["examples", { one: { value: 1 } }, { two: { value: 1 } }],
  ["externalDocs", { url: "https://a.test" }, { url: "https://b.test" }],
  ["x-codeSamples", [{ lang: "bash" }], []],
] as const)("%s is wording, not a conflict", ([field, a, b]) => {
  const { warnings } = mergeFragments([
    fragment("a.json", { components: { schemas: { S: { [field]: a } } } }),
    fragment("b.json", { path: "/b", components: { schemas: { S: { [field]: b } } } }),
  ]);
  expect(warnings).toHaveLength(1);
});

test("a description that only one fragment has is wording", () => {
  const { document, warnings } = mergeFragments([
    fragment("a.json", { components: { schemas: { S: { type: "string" } } } }),
    fragment("b.json", { path: "/b", components: described("more") }),
  ]);
  expect(document["components"]).toEqual({ schemas: { S: { type: "string" } } });
  expect(warnings).toHaveLength(1);
});

test("the descriptions of the API, a tag and a scope are wording, and so are example components", () => {
  const { warnings } = mergeFragments(
    ["a", "b"].map((words) =>
      fragment(`${words}.json`, {
        path: `/${words}`,
        root: {
          info: { title: "Test API", version: "1", description: words },
          tags: [{ name: "t", description: words }],
        },
        components: {
          examples: { E: { value: words } },
          securitySchemes: {
            O: {
              type: "oauth2",
              flows: { implicit: { authorizationUrl: "/", scopes: { read: words } } },
            },
          },
        },
      }),
    ),
  );
  expect(warnings.map((line) => /warning: (.*) is worded/.exec(line)?.[1])).toEqual([
    "info",
    "tag t",
    "component examples/E",
    "component securitySchemes/O",
  ]);
});

test("a scope that only one fragment has is a conflict", () => {
  const scheme = (scopes: object) => ({
    securitySchemes: { O: { type: "oauth2", flows: { implicit: { scopes } } } },
  });
  expect(() =>
    mergeFragments([
      fragment("a.json", { components: scheme({ read: "Reads" }) }),
      fragment("b.json", { path: "/b", components: scheme({ read: "Reads", write: "Writes" }) }),
    ]),
  ).toThrow("/components/securitySchemes/O/flows/implicit/scopes/write");
});

test("many fragments with different wording for a component are one warning", () => {
  const { warnings } = mergeFragments(
    Array.from({ length: 300 }, (_, index) =>
      fragment(`${String(index).padStart(3, "0")}.json`, {
        path: `/${index}`,
        components: described(index === 0 ? "first" : "later"),
      }),
    ),
  );
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(
    /^001\.json:.*\(the same in 002\.json, 003\.json, 004\.json and 295 more\)$/,
  );
});
