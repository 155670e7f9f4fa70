import { format } from "prettier";
import { describe, expect, test } from "vitest";
import { compileErrors, linesWithErrors } from "./support/compile.js";
import { documentOf, typesOf } from "./support/documents.js";

/** The longest array that is spelled out item by item, plus one to see the bound. */
const SPELLED = 10;

interface Range {
  min: number;
  /** `Infinity` if the schema has none. */
  max: number;
}

function everyRange(): Range[] {
  const lengths = Array.from({ length: SPELLED + 1 }, (_, length) => length);
  return lengths.flatMap((min) => [
    ...lengths.filter((max) => max >= min).map((max) => ({ min, max })),
    { min, max: Infinity },
  ]);
}

function nameOf({ min, max }: Range) {
  return `From${min}To${max}`;
}

function arrayOf(items: object, { min, max }: Range, more: object = {}) {
  return {
    type: "array",
    items,
    ...(min > 0 ? { minItems: min } : {}),
    ...(max < Infinity ? { maxItems: max } : {}),
    ...more,
  };
}

interface Case {
  name: string;
  range: Range;
  schema: object;
  /** An item, as a TypeScript literal. */
  item: string;
}

/** The lengths from 0 to one past the bound. */
const LENGTHS = Array.from({ length: SPELLED + 2 }, (_, length) => length);

/** Asserts that of all literals, exactly those with a legal length compile. */
function expectLegalLengthsOnly(cases: Case[], components: Record<string, object> = {}) {
  const schemas = Object.fromEntries(cases.map(({ name, schema }) => [name, schema]));
  const literals = cases.flatMap(({ name, range: { min, max }, item }) =>
    LENGTHS.map((length) => ({
      line: `([${Array(length).fill(item).join(", ")}]) satisfies components["schemas"]["${name}"];`,
      isLegal: min <= length && length <= max,
    })),
  );
  const snippet = [
    'import type { components } from "./schema.js";',
    ...literals.map(({ line }) => line),
  ];
  const errors = compileErrors({
    "schema.ts": typesOf(documentOf({ ...components, ...schemas })),
    "snippet.ts": snippet.join("\n"),
  });
  expect(linesWithErrors(errors, "schema.ts")).toEqual([]);
  expect(linesWithErrors(errors, "snippet.ts").map((line) => snippet[line - 1])).toEqual(
    literals.filter(({ isLegal }) => !isLegal).map(({ line }) => line),
  );
}

async function typeOf(schema: object) {
  const types = typesOf(documentOf({ List: schema }));
  const oneLine = await format(types, { parser: "typescript", printWidth: 10_000 });
  return /List: (.*);/.exec(oneLine)?.[1];
}

describe("the type of an array with a length", () => {
  test("accepts exactly the legal lengths, for every range up to ten", () => {
    expectLegalLengthsOnly(
      everyRange().map((range) => ({
        name: nameOf(range),
        range,
        schema: arrayOf({ type: "string" }, range),
        item: '""',
      })),
    );
  }, 120_000);

  test("does not depend on the type of the items", () => {
    const items: [kind: string, schema: object, item: string][] = [
      ["Object", { type: "object", properties: { a: { type: "string" } } }, '{ a: "" }'],
      ["List", { type: "array", items: { type: "string" } }, '[""]'],
      ["Pair", { type: "array", items: { type: "string" }, minItems: 1, maxItems: 2 }, '["", ""]'],
      ["Nullable", { type: "array", items: { type: "string" }, nullable: true }, "null"],
      ["Reference", { $ref: "#/components/schemas/Item" }, "1"],
      ["Anything", {}, "Symbol()"],
    ];
    const ranges = [
      { min: 0, max: 2 },
      { min: 3, max: 3 },
      { min: 2, max: 4 },
      { min: 2, max: Infinity },
    ];
    expectLegalLengthsOnly(
      items.flatMap(([kind, schema, item]) =>
        ranges.map((range) => ({
          name: kind + nameOf(range),
          range,
          schema: arrayOf(schema, range),
          item,
        })),
      ),
      { Item: { type: "number" } },
    );
  }, 120_000);

  test("is readable", async () => {
    const text = { type: "string" };
    expect(await typeOf(arrayOf(text, { min: 3, max: 3 }))).toBe("[string, string, string]");
    expect(await typeOf(arrayOf(text, { min: 1, max: 2 }))).toBe("[string] | [string, string]");
    expect(await typeOf(arrayOf(text, { min: 2, max: Infinity }))).toBe(
      "[string, string, ...string[]]",
    );
    expect(await typeOf(arrayOf(text, { min: 0, max: 0 }))).toBe("[]");
  });

  test("stays nullable, and keeps its comment", async () => {
    const nullable = arrayOf({ type: "string" }, { min: 1, max: 2 }, { nullable: true });
    expect(await typeOf(nullable)).toBe("[string] | [string, string] | null");
    const body = { type: "object", properties: { list: { ...nullable, description: "Words" } } };
    expect(typesOf(documentOf({ Body: body }))).toMatch(/\/\*\* Words \*\/\s+list\?: /);
  });

  test("keeps the other types of an OpenAPI 3.1 array", async () => {
    const list = arrayOf({ type: "string" }, { min: 1, max: 2 }, { type: ["array", "null"] });
    expect(await typeOf(list)).toBe("[string] | [string, string] | null");
  });

  test("is a plain array if it has too many lengths to spell out", async () => {
    const text = { type: "string" };
    expect(await typeOf(arrayOf(text, { min: 11, max: 11 }))).toBe("string[]");
    expect(await typeOf(arrayOf(text, { min: 0, max: 100 }))).toBe("string[]");
    expect(await typeOf(arrayOf(text, { min: 1, max: 100 }))).toBe("[string, ...string[]]");
    expect(await typeOf(arrayOf(text, { min: 4, max: 2 }))).toBe("string[]");
    const big = {
      type: "object",
      properties: { text: { type: "string", example: "x".repeat(900) } },
    };
    expect(typesOf(documentOf({ List: arrayOf(big, { min: 0, max: 10 }) }))).toMatch(
      /List: \{[^[\]]*\}\[\];/,
    );
  });
});
