import fc from "fast-check";
import { expect, test } from "vitest";
import { isObject } from "../../src/openapi/json.js";
import { parseDocument } from "../../scripts/lib/parse-document.js";
import { mergeFragments } from "../../scripts/merge/merge-fragments.js";
import { errorLines, fragment } from "./support.js";

const key = { security: [{ key: [] }] };

test("no security and an empty list mean the same, and the given form is kept", () => {
  const { document } = mergeFragments([
    fragment("a.json"),
    fragment("b.json", { path: "/b", root: { security: [] } }),
  ]);
  expect(document["security"]).toEqual([]);
});

test("a security requirement is never removed, nor given to an operation without one", () => {
  expect(
    errorLines([fragment("a.json", { root: key }), fragment("b.json", { path: "/b" })]),
  ).toEqual([
    'b.json:1:1: conflict in security: /security: without {"key":[]}, which is at a.json:7:3',
  ]);
});

test("alternatives of a security requirement mean the same in any order", () => {
  const { document } = mergeFragments([
    fragment("a.json", { root: { security: [{ key: [] }, { token: [] }] } }),
    fragment("b.json", { path: "/b", root: { security: [{ token: [] }, { key: [] }] } }),
  ]);
  expect(document["security"]).toEqual([{ key: [] }, { token: [] }]);
});

test("no servers, none listed and the root of the same server mean the same", () => {
  const { document } = mergeFragments([
    fragment("a.json"),
    fragment("b.json", { path: "/b", root: { servers: [] } }),
    fragment("c.json", { path: "/c", root: { servers: [{ url: "/" }] } }),
  ]);
  expect(document["servers"]).toEqual([{ url: "/" }]);
});

test("a second server list stops the merge, and so does a missing one", () => {
  const first = fragment("a.json", { root: { servers: [{ url: "https://one.test" }] } });
  const second = fragment("b.json", {
    path: "/b",
    root: { servers: [{ url: "https://two.test" }] },
  });
  expect(errorLines([first, second])).toEqual([
    "b.json:9:7: conflict in servers: /servers/0/url: " +
      '"https://two.test" here, "https://one.test" at a.json:9:7',
  ]);
  expect(errorLines([first, fragment("b.json", { path: "/b" })])).toEqual([
    "b.json:1:1: conflict in servers: /servers/0/url: " +
      '"/" here, "https://one.test" at a.json:9:7',
  ]);
});

test("the servers of a path item do not apply to another fragment's operation", () => {
  const servers = [{ url: "https://one.test" }];
  const own = fragment("a.json", { pathFields: { servers } });
  const [line] = errorLines([own, fragment("b.json", { method: "post" })]);
  expect(line).toContain("b.json:8:5: conflict in path /a: /paths/~1a/servers: nothing here");
});

test("each operation keeps its effective security and servers, however they are spelled", () => {
  fc.assert(
    fc.property(spelledApart, (sources) => {
      const { document } = mergeFragments(sources);
      for (const [index, own] of sources.map(parseDocument).entries()) {
        const method = METHODS[index] ?? "get";
        expect(effective(document, method)).toEqual(effective(own, method));
      }
    }),
  );
});

const METHODS = ["get", "put", "post", "delete"];

/** Ways to write the same thing, wherever a fragment may say it. */
const SECURITIES = [
  [undefined, []],
  [[{ key: [] }]],
  [
    [{ key: [] }, { token: ["read"] }, {}],
    [{ token: ["read"] }, {}, { key: [] }],
  ],
];
const ROOT_SERVERS = [[undefined, [], [{ url: "/" }]], [[{ url: "https://root.test" }]]];
const PATH_SERVERS = [[undefined, []], [[{ url: "https://path.test" }]]];

/** Fragments of one path that agree with each other, each in its own way. */
const spelledApart = fc
  .tuple(
    fc.constantFrom(...SECURITIES),
    fc.constantFrom(...ROOT_SERVERS),
    fc.constantFrom(...PATH_SERVERS),
  )
  .chain(([securities, rootServers, pathServers]) =>
    fc.array(
      fc.record({
        root: fc.record({
          security: fc.constantFrom(...securities),
          servers: fc.constantFrom(...rootServers),
        }),
        pathFields: fc.record({ servers: fc.constantFrom(...pathServers) }),
        operation: fc.record({
          security: fc.constantFrom(...SECURITIES.flat()),
          servers: fc.constantFrom(undefined, [{ url: "https://operation.test" }]),
        }),
      }),
      { minLength: 1, maxLength: METHODS.length },
    ),
  )
  .map((settings) =>
    settings.map((own, index) =>
      fragment(`${index}.json`, { method: METHODS[index] ?? "get", ...own }),
    ),
  );

/**
 * What applies to the operation of /a according to OpenAPI 3.0, with alternatives in a fixed order.
 */
function effective(document: unknown, method: string) {
  if (!isObject(document) || !isObject(document["paths"])) throw new Error("no document");
  const item = document["paths"]["/a"];
  const operation = isObject(item) ? item[method] : undefined;
  if (!isObject(item) || !isObject(operation)) return undefined;
  const lists = [operation["servers"], item["servers"], document["servers"]];
  const servers = lists.find((list) => Array.isArray(list) && list.length > 0) ?? [{ url: "/" }];
  const security = (operation["security"] ?? document["security"] ?? []) as unknown[];
  return { servers, security: security.map((one) => JSON.stringify(one)).sort() };
}
