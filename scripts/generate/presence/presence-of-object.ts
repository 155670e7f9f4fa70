import type { JsonObject } from "../../../src/openapi/json.js";
import { conjuncts } from "./condition.js";
import { PresenceReader } from "./read-presence.js";
import { rulesOf, type PresenceRule } from "./rules.js";
import { solve } from "./solve.js";

/** What every object that a schema accepts must meet. */
export interface ObjectPresence {
  /** They reject no object that the schema accepts. */
  rules: PresenceRule[];
  /** The schemas of each field, from anywhere in the schema. */
  fields: ReadonlyMap<string, readonly unknown[]>;
}

/**
 * Reads a whole schema: through references, `allOf` and alternatives, even if these also differ in
 * the values of their fields, as those of a discriminated union do.
 */
export function presenceOfObject(document: JsonObject, schema: unknown): ObjectPresence {
  const { condition, fields } = new PresenceReader(document).read(schema);
  const { constraints } = solve(conjuncts(condition), new Set(fields.keys()));
  return { rules: constraints.flatMap((constraint) => rulesOf(constraint).rules), fields };
}
