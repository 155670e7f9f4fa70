import { isSet, type TruthTable } from "./truth-table.js";

/** What one alternative says about a field: it is there, it is not, or it may be. */
type FieldState = "required" | "absent" | "optional";

/** One alternative of a condition: a state for each field, in the order of the fields. */
export type Alternative = readonly FieldState[];

const FLIPPED = { required: "absent", absent: "required" } as const;

/**
 * The shortest list of alternatives that together mean exactly what a truth table says: its prime
 * implicants (Quine–McCluskey method) without the redundant ones.
 *
 * "Exactly one of a, b" gives `[required, absent]` and `[absent, required]`; "at least one" gives
 * `[required, optional]` and `[optional, required]`. The cost is exponential: 3 to the power of the
 * number of fields.
 */
export function primeImplicants({ fields, rows }: TruthTable): Alternative[] {
  const minterms = rows.flatMap((holds, row): Alternative[] =>
    holds ? [fields.map((_, index) => (isSet(row, index) ? "required" : "absent"))] : [],
  );
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

/**
 * If a term and the term that differs from it in one field both hold, that field does not matter.
 */
function mergesInto(term: Alternative, terms: ReadonlyMap<string, unknown>): Alternative[] {
  return term.flatMap((state, field) => {
    if (state === "optional") return [];
    const hasOpposite = terms.has(term.with(field, FLIPPED[state]).join());
    return hasOpposite ? [term.with(field, "optional")] : [];
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
