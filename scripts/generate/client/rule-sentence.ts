import type { PresenceRule } from "../presence/index.js";

/** A presence rule in words: "Give `image_url` or `image_base64`, not both." */
export function ruleSentence({ kind, fields }: PresenceRule): string {
  const names = fields.map((field) => `\`${field}\``);
  const isPair = fields.length === 2;
  switch (kind) {
    case "exactly-one":
      return `Give ${listed(names, "or")}, ${isPair ? "not both" : "and only one of them"}.`;
    case "at-most-one":
      return `Give ${isPair ? "" : "only one of "}${listed(names, "or")}, ${isPair ? "not both, " : ""}or none of them.`;
    case "at-least-one":
      return `Give ${listed(names, "or")}, or several of them.`;
    case "all-or-none":
      return `Give ${listed(names, "and")} together, or none of them.`;
  }
}

/** `a, b or c` */
export function listed(words: readonly string[], conjunction: "and" | "or"): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}
