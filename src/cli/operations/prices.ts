import { estimate, type Estimate } from "pikzels-client";
import type { ApiRequest } from "./request.js";

/** What calls cost, in US dollars; the two differ if the sources of a price do. */
export type Cost = Pick<Estimate, "low" | "high">;

/** What a request costs if it succeeds; `undefined` if its price is not known. */
export function costOf({
  operation,
  body,
}: Pick<ApiRequest, "operation" | "body">): Cost | undefined {
  const cost = estimate(operation.id, body ?? {});
  return cost && { low: cost.low, high: cost.high };
}

/** `$0.13`, or `$0.12 to $0.37`. */
export function dollars({ low, high }: Cost): string {
  const from = `$${low.toFixed(2)}`;
  const to = `$${high.toFixed(2)}`;
  return from === to ? from : `${from} to ${to}`;
}
