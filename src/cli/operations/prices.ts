import { prices } from "../../generated/prices.js";
import { objectAt } from "../../openapi/json.js";
import type { ApiRequest } from "./request.js";

/** What a call costs, in US dollars; the two differ if the sources do. */
export interface Cost {
  readonly low: number;
  readonly high: number;
}

/** What a request costs if it succeeds; `undefined` if the price is not known. */
export function costOf({
  operation,
  body,
}: Pick<ApiRequest, "operation" | "body">): Cost | undefined {
  const price = prices[operation.id];
  // What has no price and creates nothing is free.
  if (!price) return operation.facts.method === "POST" ? undefined : { low: 0, high: 0 };
  return "by" in price ? price.values[String(objectAt(body)[price.by])] : price;
}

/** `$0.13`, or `$0.12 to $0.37`. */
export function dollars({ low, high }: Cost): string {
  const [from, to] = [low, high].map((usd) => `$${usd.toFixed(2)}`);
  return from === to ? `${from}` : `${from} to ${to}`;
}
