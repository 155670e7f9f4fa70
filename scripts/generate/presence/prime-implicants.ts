/** What one alternative says of a field: it is there, it is not, or it may be. */
type FieldState = "required" | "absent" | "optional";

/** One alternative of a condition: a state for each field, in the fields' order. */
export type Alternative = readonly FieldState[];

const FLIPPED = { required: "absent", absent: "required" } as const;

/**
 * The shortest list of alternatives that together mean exactly a condition on the presence of
 * fields: its prime implicants (Quine and McCluskey's method) without the superfluous ones.
 *
 * "Exactly one of a, b" gives `[required, absent]` and `[absent, required]`; "at least one" gives
 * `[required, optional]` and `[optional, required]`. The work grows with 3 to the number of fields.
 */
export function primeImplicants(
  fieldCount: number,
  holds: (present: readonly boolean[]) => boolean,
): Alternative[] {
  const minterms = everySubset(fieldCount).filter(holds).map(asAlternative);
  const primes: Alternative[] = [];
  let terms = new Map(minterms.map((term) => [term.join(), term]));
  while (terms.size > 0) {
    const wider = new Map<string, Alternative>();
    for (const term of terms.values()) {
      const merged = mergesInto(term, terms);
      if (merged.length === 0) primes.push(term);
      for (const result of merged) wider.set(result.join(), result);
    }
    terms = wider;
  }
  return withoutSuperfluous(primes, minterms).sort(byRequiredFirst);
}

/** Every subset of n fields, as n booleans. */
export function everySubset(count: number): boolean[][] {
  return Array.from({ length: 2 ** count }, (_, bits) =>
    Array.from({ length: count }, (_, field) => Math.floor(bits / 2 ** field) % 2 === 1),
  );
}

function asAlternative(present: readonly boolean[]): Alternative {
  return present.map((there) => (there ? "required" : "absent"));
}

/** Where a term and its twin that differs in one field both hold, that field does not matter. */
function mergesInto(term: Alternative, terms: ReadonlyMap<string, unknown>): Alternative[] {
  return term.flatMap((state, field) => {
    if (state === "optional") return [];
    const hasTwin = terms.has(term.with(field, FLIPPED[state]).join());
    return hasTwin ? [term.with(field, "optional")] : [];
  });
}

function withoutSuperfluous(primes: Alternative[], minterms: Alternative[]): Alternative[] {
  let kept = primes;
  for (const prime of primes) {
    const others = kept.filter((other) => other !== prime);
    const isCovered = (minterm: Alternative) => others.some((other) => covers(other, minterm));
    if (minterms.filter((minterm) => covers(prime, minterm)).every(isCovered)) kept = others;
  }
  return kept;
}

function covers(alternative: Alternative, minterm: Alternative): boolean {
  return alternative.every((state, field) => state === "optional" || state === minterm[field]);
}

const READING_ORDER: Record<FieldState, number> = { required: 0, optional: 1, absent: 2 };

function byRequiredFirst(a: Alternative, b: Alternative): number {
  const field = a.findIndex((state, index) => state !== b[index]);
  return READING_ORDER[a[field] ?? "optional"] - READING_ORDER[b[field] ?? "optional"];
}
