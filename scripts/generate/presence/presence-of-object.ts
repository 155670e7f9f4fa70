import type { JsonObject } from "../../../src/openapi/json.js";
import { conjuncts } from "./condition.js";
import { PresenceReader } from "./read-presence.js";
import { rulesOf, type PresenceRule } from "./rules.js";
import { solve } from "./solve.js";

/** What every object must meet that a schema accepts. */
export interface ObjectPresence {
  /** They refuse no object that the schema accepts. */
  rules: PresenceRule[];
  /** The schemas that each field is given, here or there. */
  fields: ReadonlyMap<string, readonly unknown[]>;
}

/**
 * Reads a schema whole: through references, `allOf` and alternatives, even if these also differ in
 * the values of their fields, as those of a discriminated union do.
 */
export function presenceOfObject(document: JsonObject, schema: unknown): ObjectPresence {
  const { condition, fields } = new PresenceReader(document).read(schema);
  const { constraints } = solve(conjuncts(condition), new Set(fields.keys()));
  return { rules: constraints.flatMap((constraint) => rulesOf(constraint).rules), fields };
}
