import type { PriceEntry, PriceRow } from "./prices-file.js";

const DECLARATIONS = `
/** What one successful call costs, in US dollars. */
export interface Price {
  readonly low: number;
  /** More than \`low\` if the sources disagree. */
  readonly high: number;
  /** The day, or the month, in which it was read or last seen billed. */
  readonly date: string;
  /** \`billed\`: seen billed; \`cited\`: printed; \`disputed\`: the sources disagree. */
}

/** One price for every call, or one for each value of a body field. */
export type OperationPrice =
  | Price
  | {
      /** The body field that decides. */
      readonly by: string;
      readonly values: Readonly<Partial<Record<string, Price>>>;
    };
`;

/** Writes `prices.ts`: what is known about the price of each operation. */
export function pricesFile(
  methods: ReadonlyMap<string, string>,
  rows: Readonly<Record<string, PriceRow>>,
): string {
  const prices = [...methods].flatMap(([id, method]) => {
    const row = Object.hasOwn(rows, method) ? rows[method] : undefined;
    return row ? [[id, priceOf(row)] as const] : [];
  });
  return `${DECLARATIONS}
/** What is known of the price of each operation, by its id. */
export const prices: Readonly<Partial<Record<string, OperationPrice>>> = ${JSON.stringify(Object.fromEntries(prices))};
`;
}

function priceOf(row: PriceRow) {
  if (!("by" in row)) return figures(row);
  const values = Object.entries(row.values).map(([value, entry]) => [value, figures(entry)]);
  return { by: row.by, values: Object.fromEntries(values) as Record<string, unknown> };
}

function figures({ usd, date }: PriceEntry) {
  const [low, high] = Array.isArray(usd) ? usd : [usd, usd];
  return { low, high, date };
}
