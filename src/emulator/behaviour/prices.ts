import { prices, type OperationPrice } from "../../generated/prices.js";
import type { JsonObject } from "../../openapi/json.js";
import type { Operation } from "../document/operations.js";
import type { Role } from "../document/resources.js";

/**
 * What a call costs, in US cents: the higher figure if sources disagree. A call without a known
 * price, such as that of a newer operation or model, costs as much as the most expensive known one.
 */
export function centsOf(operation: Operation, role: Role, body: JsonObject): number {
  if (!isCharged(operation, role)) return 0;
  const price = Object.hasOwn(prices, operation.id) ? prices[operation.id] : undefined;
  return price ? centsBy(price, body) : highest(Object.values(prices));
}

/** Creating something is charged. Reading, changing and deleting it is free. */
function isCharged({ method }: Operation, { does }: Role): boolean {
  return method === "POST" && (does === "create" || does === "work");
}

function centsBy(price: OperationPrice, body: JsonObject): number {
  if (!("by" in price)) return cents(price.high);
  const value = price.values[String(body[price.by])];
  return value ? cents(value.high) : highest(Object.values(price.values));
}

function highest(known: readonly (OperationPrice | undefined)[]): number {
  const figures = known.map((price) => {
    if (!price) return 0;
    return "by" in price ? highest(Object.values(price.values)) : cents(price.high);
  });
  return Math.max(0, ...figures);
}

function cents(usd: number): number {
  return Math.round(usd * 100);
}
