import { estimate } from "pikzels-client";
import type { Cost } from "./price-list.js";
import type { ApiRequest } from "./request.js";

/** What a request costs if it succeeds; `undefined` if its price is not known. */
export function costOf({
  operation,
  body,
}: Pick<ApiRequest, "operation" | "body">): Cost | undefined {
  const cost = estimate(operation.id, body ?? {});
  return cost && { low: cost.low, high: cost.high };
}
