import type { PresenceRule } from "../generated/operations.js";

/**
 * Whether a presence rule is met.
 *
 * @param given of each field of the rule, in its order, whether it is given
 */
export function isRuleMet(kind: PresenceRule["kind"], given: readonly boolean[]): boolean {
  const count = given.filter(Boolean).length;
  return {
    "exactly-one": count === 1,
    "at-most-one": count <= 1,
    "at-least-one": count >= 1,
    "all-or-none": count === 0 || count === given.length,
    requires: !given[0] || count === given.length,
  }[kind];
}

/**
 * Describes a presence rule in words: "Give image_url or image_base64, not both."
 *
 * @param quote how the name of a field is written
 */
export function ruleSentence(
  { kind, fields }: PresenceRule,
  quote: (field: string) => string = (field) => field,
): string {
  const names = fields.map(quote);
  const [first = "", ...others] = names;
  const only = fields.length === 2 ? "not both" : "only one of them";
  return {
    "exactly-one": `Give ${listOf(names, "or")}, ${only}.`,
    "at-most-one": `Give ${listOf(names, "or")}, ${only}, or none.`,
    "at-least-one": `Give ${listOf(names, "or")}.`,
    "all-or-none": `Give ${listOf(names, "and")} together, or none of them.`,
    requires: `Give ${listOf(others, "and")} too if you give ${first}.`,
  }[kind];
}

/** `a, b or c` */
function listOf(words: readonly string[], conjunction: "and" | "or"): string {
  const before = words.slice(0, -1).join(", ");
  const last = words.at(-1) ?? "";
  return before ? `${before} ${conjunction} ${last}` : last;
}
