import fc from "fast-check";
import { load } from "js-yaml";
import { expect, test } from "vitest";
import { mergeFragments } from "../../scripts/merge/merge-fragments.js";
import { printDocument } from "../../scripts/merge/print-document.js";
import { source } from "./support.js";

/** Strings that YAML could read as something else, and names that JavaScript could. */
const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.constantFrom("yes", "1.0", "null", "2020-01-01", "a: b", "- a", "#", "two\nlines\n", " x "),
);
const name = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9._-]{1,8}$/),
  fc.constantFrom("constructor", "__proto__", "200", "description", "$id"),
);
/** Anything that JSON can represent; that leaves out -0. */
const json = fc
  .jsonValue({ maxDepth: 2 })
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const objectOf = (value: fc.Arbitrary<unknown>) =>
  fc
    .uniqueArray(fc.tuple(name, value), { maxLength: 4, selector: ([key]) => key })
    .map((entries) => Object.fromEntries(entries) as object);

const schema = fc.record(
  {
    type: fc.constantFrom("string", "object", "array"),
    description: text,
    enum: fc.uniqueArray(text, { minLength: 1, maxLength: 3 }),
    default: json,
    properties: objectOf(fc.record({ type: fc.constant("string"), example: json })),
  },
  { requiredKeys: ["type"] },
);

const operation = fc.record({
  summary: text,
  tags: fc.array(text, { maxLength: 2 }),
  responses: fc.constant({ "200": { description: "fine" } }),
});

const path = fc.stringMatching(/^(\/[a-z]{1,3}){1,2}$/);

/** A small document, as it is before it is cut into fragments. */
const document = fc.record({
  paths: fc.uniqueArray(
    fc.record({
      path,
      fields: fc.record({ summary: text, "x-order": fc.nat() }, { requiredKeys: [] }),
      methods: fc.uniqueArray(
        fc.record({ method: fc.constantFrom("get", "put", "post", "delete"), operation }),
        { minLength: 1, maxLength: 3, selector: ({ method }) => method },
      ),
    }),
    { minLength: 1, maxLength: 4, selector: (item) => item.path },
  ),
  schemas: objectOf(schema),
  root: fc.record(
    {
      servers: fc.array(fc.record({ url: fc.nat().map((port) => `https://a.example/${port}`) }), {
        minLength: 1,
        maxLength: 2,
      }),
      security: fc.subarray([{ key: [] }, { token: [] }]),
      tags: fc
        .uniqueArray(text, { maxLength: 3 })
        .map((names) => names.map((tag) => ({ name: tag, description: `about ${tag}` }))),
      "x-note": json,
    },
    { requiredKeys: [] },
  ),
});

/** The document cut into one-operation fragments, each with some of the shared schemas. */
const cut = document.chain(({ paths, schemas, root }) => {
  const operations = paths.flatMap(({ path, fields, methods }) =>
    methods.map(({ method, operation }) => ({ [path]: { ...fields, [method]: operation } })),
  );
  const names = Object.keys(schemas);
  const subsets = fc.array(fc.subarray(names), {
    minLength: operations.length,
    maxLength: operations.length,
  });
  return subsets.map((shares) =>
    operations.map((item, index) => ({
      openapi: "3.0.3",
      info: { title: "T", version: "1" },
      ...root,
      paths: item,
      components: {
        schemas: Object.fromEntries(
          Object.entries(schemas).filter(([key]) => index === 0 || shares[index]?.includes(key)),
        ),
      },
    })),
  );
});

const shuffled = cut.chain((fragments) =>
  fc.record({
    fragments: fc.constant(fragments),
    order: fc.shuffledSubarray(fragments, {
      minLength: fragments.length,
      maxLength: fragments.length,
    }),
  }),
);

const merged = (fragments: readonly object[], file = "out.yaml") => {
  const sources = fragments.map((one, i) => source(`${i}.json`, JSON.stringify(one)));
  const { document, warnings } = mergeFragments(sources);
  expect(warnings).toEqual([]);
  return { document, text: printDocument(document, file, "npm run merge") };
};

test("a document cut into fragments merges back to the same bytes in any order", () => {
  fc.assert(
    fc.property(shuffled, ({ fragments, order }) => {
      expect(merged(order).text).toBe(merged(fragments).text);
      expect(merged(order, "out.json").text).toBe(merged(fragments, "out.json").text);
    }),
  );
});

test("merging loses nothing of any fragment, and adds nothing", () => {
  fc.assert(
    fc.property(cut, (fragments) => {
      const { document } = merged(fragments);
      const expected = new Map<string, unknown>(Object.entries(fragments[0] ?? {}));
      expected.set("paths", unitedPaths(fragments));
      for (const [field, value] of expected) {
        const isOmitted = document[field] === undefined;
        expect(isOmitted ? EMPTY[field] : inAnyOrder(document[field])).toEqual(inAnyOrder(value));
      }
      expect(Object.keys(document).filter((field) => !expected.has(field))).toEqual([]);
    }),
  );
});

/** Parts that a document may leave out. */
const EMPTY: Record<string, unknown> = { tags: [], components: { schemas: {} } };

function unitedPaths(fragments: readonly { paths: Record<string, object> }[]) {
  const all = new Map<string, object>();
  for (const [key, item] of fragments.flatMap(({ paths }) => Object.entries(paths))) {
    all.set(key, { ...all.get(key), ...item });
  }
  return Object.fromEntries(all);
}

test("a printed document reads back as the same document, and prints to the same bytes", () => {
  fc.assert(
    fc.property(cut, (fragments) => {
      const { document, text } = merged(fragments);
      const read = load(text) as typeof document;
      expect(read).toEqual(document);
      expect(printDocument(read, "out.yaml", "npm run merge")).toBe(text);
      expect(merged(fragments, "out.json").text).toBe(`${JSON.stringify(document, null, 2)}\n`);
    }),
  );
});

function inAnyOrder(value: unknown): unknown {
  return Array.isArray(value) ? value.map((item) => JSON.stringify(item)).sort() : value;
}
