import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { presenceReader } from "../../scripts/generate/presence/index.js";
import { compileErrors, linesWithErrors } from "./support/compile.js";
import { documentOf, typesOf } from "./support/documents.js";
import { FIELDS, formulas, ruleAllows, subsets } from "./support/formulas.js";

const bodies = fc
  .record({
    conditions: fc.array(formulas, { minLength: 1, maxLength: 3 }),
    direct: fc.constantFrom("allOf", "beside"),
    required: fc.subarray([...FIELDS], { maxLength: 1 }),
    isClosed: fc.boolean(),
  })
  .map(({ conditions, direct, required, isClosed }) => ({
    type: "object",
    properties: Object.fromEntries(FIELDS.map((field) => [field, { type: "boolean" }])),
    ...(required.length > 0 ? { required } : {}),
    ...(isClosed ? { additionalProperties: false } : {}),
    ...(direct === "beside" ? { anyOf: [{ allOf: conditions }] } : { allOf: conditions }),
  }));

function withFields(fields: readonly string[]) {
  return Object.fromEntries(fields.map((field) => [field, true]));
}

const ajv = new Ajv2020({ strict: false, validateSchema: false });

function validatorOf(schema: object) {
  const validate = ajv.compile(schema);
  return (fields: readonly string[]) => validate(withFields(fields));
}

function read(schema: object) {
  return presenceReader({})({ ...schema });
}

describe("what a schema says about the presence of its fields", () => {
  test("matches a validator, for every set of fields", () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const { constraints, rest, unread } = read(body);
        fc.pre(!unread.some((message) => message.startsWith("no request")));
        const accepts = validatorOf(body);
        const acceptsRest = validatorOf(rest);
        for (const present of subsets) {
          const isAllowed =
            acceptsRest(present) &&
            constraints.every(({ fields, alternatives }) =>
              alternatives.some((states) =>
                states.every(
                  (state, index) =>
                    state === "optional" ||
                    (state === "required") === present.includes(fields[index] ?? ""),
                ),
              ),
            );
          expect(isAllowed, `with ${present.join(", ")}`).toBe(accepts(present));
        }
      }),
      { numRuns: 100 },
    );
  });

  test("becomes rules that refuse nothing valid, and nothing invalid passes all of them", () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const { rules, constraints, rest, unread } = read(body);
        fc.pre(!unread.some((message) => message.startsWith("no request")));
        const isWhole =
          unread.length === 0 && constraints.every((one) => one.alternatives.length > 1);
        const accepts = validatorOf(body);
        const acceptsRest = validatorOf(rest);
        for (const present of subsets.filter(acceptsRest)) {
          const pass = rules.every(({ kind, fields }) => ruleAllows(kind, fields, present));
          if (accepts(present)) expect(pass).toBe(true);
          else if (isWhole) expect(pass).toBe(false);
        }
      }),
      { numRuns: 100 },
    );
  });

  test("becomes a type that accepts exactly the objects a validator accepts", () => {
    fc.assert(
      fc.property(fc.array(bodies, { minLength: 20, maxLength: 20 }), (schemas) => {
        const possible = schemas.filter((schema) =>
          read(schema).unread.every((message) => !message.startsWith("no request")),
        );
        const document = documentOf(
          Object.fromEntries(possible.map((schema, index) => [`Body${index}`, schema])),
          "3.1.0",
        );
        const cases = possible.flatMap((schema, index) => {
          const accepts = validatorOf(schema);
          return subsets.map((present) => ({
            line: `({ ${present.map((field) => `${field}: true`).join(", ")} }) satisfies components["schemas"]["Body${index}"];`,
            isAccepted: accepts(present),
          }));
        });
        const snippet = [
          'import type { components } from "./schema.js";',
          ...cases.map(({ line }) => line),
        ];
        const errors = compileErrors({
          "schema.ts": typesOf(document),
          "snippet.ts": snippet.join("\n"),
        });
        const refused = cases.flatMap(({ isAccepted }, index) => (isAccepted ? [] : [index + 2]));
        expect(linesWithErrors(errors, "schema.ts")).toEqual([]);
        const compiled = linesWithErrors(errors, "snippet.ts");
        expect(compiled.map((line) => snippet[line - 1])).toEqual(
          refused.map((line) => snippet[line - 1]),
        );
      }),
      { numRuns: 2, endOnFailure: true },
    );
  }, 120_000);

  test.each([
    ["oneOf", "exactly-one"],
    ["anyOf", "at-least-one"],
  ])("is for %s over single fields the rule %s, whatever else the schema says", (keyword, kind) => {
    const alternatives = ["a", "b", "c"].map((field) => ({ required: [field] }));
    const body = { properties: { a: {}, b: {}, c: {} }, [keyword]: alternatives };
    expect(read(body).rules).toEqual([{ kind, fields: ["a", "b", "c"] }]);
  });

  test("combines at-least-one and not-both into one rule", () => {
    const { rules } = read({
      allOf: [
        { anyOf: [{ required: ["a"] }, { required: ["b"] }] },
        { not: { required: ["a", "b"] } },
        { dependentRequired: { c: ["d"], d: ["c"] } },
      ],
    });
    expect(rules).toEqual([
      { kind: "exactly-one", fields: ["a", "b"] },
      { kind: "all-or-none", fields: ["c", "d"] },
    ]);
  });

  test("has a rule for each field that a one-way dependentRequired requires", () => {
    const { rules, unread } = read({ dependentRequired: { card: ["cvc", "name"] } });
    expect(rules).toEqual([
      { kind: "requires", fields: ["card", "cvc"] },
      { kind: "requires", fields: ["card", "name"] },
    ]);
    expect(unread).toEqual([]);
  });

  test("does not include conditions that restrict values too", () => {
    const typed = { oneOf: [{ required: ["a"], properties: { a: { type: "string" } } }] };
    expect(read(typed)).toEqual({ constraints: [], rules: [], unread: [], rest: typed });
  });

  test("is reported if there are too many fields, or a condition that nothing meets", () => {
    const many = Array.from({ length: 9 }, (_, index) => ({ required: [`field${index}`] }));
    expect(read({ anyOf: many }).unread).toEqual([
      expect.stringMatching(/^relates too many fields \(field0, .*field8\)/),
    ]);
    expect(read({ required: ["a"], not: { required: ["a"] } }).unread).toEqual([
      "no request can meet what it says about a; its types ignore it",
    ]);
  });

  test("ignores a ring of references", () => {
    const ring = { allOf: [{ $ref: "#/ring" }] };
    expect(presenceReader({ ring })(ring).constraints).toEqual([]);
  });
});
