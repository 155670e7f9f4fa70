import type { PresenceConstraint } from "./solve.js";
import { isSet, truthTable } from "./truth-table.js";

/**
 * Whether two lists of constraints demand the same presence of fields, however their schemas
 * express it.
 *
 * @example
 * const left = presenceReader(base)(oldSchema).constraints; // oneOf with required and not
 * const right = presenceReader(published)(newSchema).constraints; // anyOf, and not both
 * samePresence(left, right); // true
 */
export function samePresence(
  left: readonly PresenceConstraint[],
  right: readonly PresenceConstraint[],
): boolean {
  return canonical(left) === canonical(right);
}

/** Constraints cannot be split further, so equal demands give the same list of tables. */
function canonical(constraints: readonly PresenceConstraint[]): string {
  return JSON.stringify(
    constraints
      .map(({ table: { fields, rows } }) => {
        const sorted = [...fields].sort();
        const row = (present: ReadonlySet<string>) =>
          rows.findIndex((_, index) =>
            fields.every((field, bit) => isSet(index, bit) === present.has(field)),
          );
        return truthTable(sorted, (present) => rows[row(present)] === true);
      })
      .map((table) => JSON.stringify(table))
      .sort(),
  );
}
