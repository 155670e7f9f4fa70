import fc from "fast-check";

export const FIELDS = ["a", "b", "c", "d"] as const;

/** Schemas that restrict only which fields are present, as deep as people write them. */
export const formulas: fc.Arbitrary<object> = fc.letrec<{ formula: object }>((tie) => {
  const fields = fc.subarray([...FIELDS], { minLength: 1 });
  const members = fc.array(tie("formula"), { minLength: 1, maxLength: 3 });
  return {
    formula: fc.oneof(
      { maxDepth: 3, depthSize: "small" },
      fields.map((required) => ({ required })),
      fields.map((required) => ({
        type: "object",
        required,
        properties: Object.fromEntries(required.map((field) => [field, {}])),
      })),
      fields.map((required) => ({ not: { required }, description: "not these together" })),
      fc.constantFrom(...FIELDS).map((field) => ({ properties: { [field]: { not: {} } } })),
      fc
        .tuple(fc.constantFrom(...FIELDS), fields)
        .map(([field, needs]) => ({ dependentRequired: { [field]: needs } })),
      members.map((allOf) => ({ allOf })),
      members.map((anyOf) => ({ anyOf })),
      members.map((oneOf) => ({ oneOf })),
      tie("formula").map((not) => ({ not })),
      fc
        .tuple(fields, tie("formula"))
        .map(([required, not]) => ({ required, not, "x-note": "both at once" })),
      fc
        .tuple(tie("formula"), tie("formula"), tie("formula"))
        .map(([condition, then, otherwise]) => ({ if: condition, then, else: otherwise })),
    ),
  };
}).formula;

/** Every subset of the fields. */
export const subsets: string[][] = Array.from({ length: 2 ** FIELDS.length }, (_, bits) =>
  FIELDS.filter((_field, index) => (bits >> index) % 2 === 1),
);

/**
 * Which of a rule's fields may be present: the meaning of each kind, written independently for this
 * test.
 */
export function ruleAllows(kind: string, fields: readonly string[], present: readonly string[]) {
  const count = fields.filter((field) => present.includes(field)).length;
  switch (kind) {
    case "exactly-one":
      return count === 1;
    case "at-most-one":
      return count < 2;
    case "at-least-one":
      return count > 0;
    case "all-or-none":
      return count === 0 || count === fields.length;
    case "requires":
      return !present.includes(fields[0] ?? "") || count === fields.length;
    default:
      throw new Error(`unknown kind of rule: ${kind}`);
  }
}
