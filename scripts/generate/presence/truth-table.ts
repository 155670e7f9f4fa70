/** The sets of fields for which a condition holds. */
export interface TruthTable {
  fields: readonly string[];
  /** Bit `n` of an index says whether field `n` is present. */
  rows: readonly boolean[];
}

export function truthTable(
  fields: readonly string[],
  holdsFor: (present: ReadonlySet<string>) => boolean,
): TruthTable {
  const rows = Array.from({ length: 2 ** fields.length }, (_, row) =>
    holdsFor(new Set(fields.filter((_field, index) => isSet(row, index)))),
  );
  return { fields, rows };
}

/** Whether the field with this index is present in a row of a table. */
export function isSet(row: number, index: number): boolean {
  return Math.floor(row / 2 ** index) % 2 === 1;
}

/**
 * Splits a table that holds for at least one set into the smallest tables that together say the
 * same, each about fields of its own: "exactly one of a, b; c is required" gives a table of a and b
 * and one of c.
 */
export function independentTables(table: TruthTable): TruthTable[] {
  const [first, ...others] = table.fields;
  if (first === undefined) return [];
  for (const chosen of bySize(others)) {
    const fields = [first, ...chosen];
    if (fields.length === table.fields.length) break;
    const part = projection(table, fields);
    const rest = projection(
      table,
      others.filter((field) => !chosen.includes(field)),
    );
    if (isProduct(table, part, rest)) return [part, ...independentTables(rest)];
  }
  return [table];
}

function bySize(fields: readonly string[]): string[][] {
  const subsets = Array.from({ length: 2 ** fields.length }, (_, row) =>
    fields.filter((_field, index) => isSet(row, index)),
  );
  return subsets.sort((a, b) => a.length - b.length);
}

/** What a table says about some of its fields if nothing is known about the others. */
function projection({ fields, rows }: TruthTable, kept: readonly string[]): TruthTable {
  const projected = Array.from({ length: 2 ** kept.length }, () => false);
  rows.forEach((holds, row) => {
    if (holds) projected[rowWithin(row, fields, kept)] = true;
  });
  return { fields: kept, rows: projected };
}

function isProduct({ fields, rows }: TruthTable, part: TruthTable, rest: TruthTable): boolean {
  return rows.every(
    (holds, row) =>
      holds ===
      (part.rows[rowWithin(row, fields, part.fields)] &&
        rest.rows[rowWithin(row, fields, rest.fields)]),
  );
}

/** The row of a table with fewer fields in which the same fields are present. */
function rowWithin(row: number, fields: readonly string[], kept: readonly string[]): number {
  return kept.reduce(
    (sum, field, index) => sum + (isSet(row, fields.indexOf(field)) ? 2 ** index : 0),
    0,
  );
}
