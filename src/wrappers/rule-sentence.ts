import type { PresenceRule } from "../generated/operations.js";

/**
 * A presence rule in words: "Give image_url or image_base64, not both."
 *
 * @param quote how the name of a field is written
 */
export function ruleSentence(
  { kind, fields }: PresenceRule,
  quote: (field: string) => string = (field) => field,
): string {
  const names = fields.map(quote);
  const only = fields.length === 2 ? "not both" : "only one of them";
  return {
    "exactly-one": `Give ${listOf(names, "or")}, ${only}.`,
    "at-most-one": `Give ${listOf(names, "or")}, ${only}, or none.`,
    "at-least-one": `Give ${listOf(names, "or")}.`,
    "all-or-none": `Give ${listOf(names, "and")} together, or none of them.`,
  }[kind];
}

/** `a, b or c` */
function listOf(words: readonly string[], conjunction: "and" | "or"): string {
  return `${words.slice(0, -1).join(", ")} ${conjunction} ${words.at(-1) ?? ""}`;
}
