import { prices } from "../../generated/prices.js";

/** What calls cost, in US dollars; the two differ if the sources of a price do. */
export interface Cost {
  readonly low: number;
  readonly high: number;
}

/** What an operation costs if it succeeds. */
export interface PriceList {
  /** The field of the body that decides, if one does. */
  readonly by?: string;
  /** A price for each of its values; one without a name if no field decides. */
  readonly prices: readonly (readonly [value: string, price: string])[];
}

/** What is known of the price of an operation; `undefined` if nothing is, or it costs nothing. */
export function priceListOf(id: string): PriceList | undefined {
  const price = prices[id];
  if (!price) return undefined;
  if (!("by" in price)) return { prices: [["", dollars(price)]] };
  const entries = Object.entries(price.values);
  return {
    by: price.by,
    prices: entries.flatMap(([value, one]) => (one ? [[value, dollars(one)] as const] : [])),
  };
}

/** `$0.13`, or `$0.12 to $0.37`. */
export function dollars({ low, high }: Cost): string {
  const from = `$${low.toFixed(2)}`;
  const to = `$${high.toFixed(2)}`;
  return from === to ? from : `${from} to ${to}`;
}
