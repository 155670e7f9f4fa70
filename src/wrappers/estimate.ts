import { operations, type OperationFacts, type OperationId } from "../generated/operations.js";
import { prices, type Price } from "../generated/prices.js";
import { PikzelsInputError } from "./errors/classes.js";
import { refuseOption } from "./validate.js";

/** What a successful call costs, in US dollars. A call that fails is not billed. */
export interface Estimate {
  /** The least that the call costs, as far as is known. */
  readonly low: number;
  /** More than `low` if the sources disagree on the price, or the body leaves it open. */
  readonly high: number;
  /** The day or month of the oldest figure used; `undefined` if none was needed. */
  readonly date: string | undefined;
}

/** An operation, by its method of the client, group and all, or by its `operationId`. */
export type OperationName = (typeof operations)[OperationId]["name"] | OperationId;

/**
 * Estimates what a call costs, from prices that programs and consoles have reported; the service's
 * API does not publish any. Sends nothing.
 *
 * @param body what decides the price, such as `model`; without it, the range over all its values
 * @returns `undefined` if nothing is known of the operation's price. Reading and changing what exists
 * costs nothing.
 * @throws {PikzelsInputError} for an operation that does not exist, or a body that is no object.
 * @example
 * ```ts
 * import { estimate } from "pikzels-client";
 *
 * const cost = estimate("thumbnails.fromText", { model: "pkz_4_5" });
 * console.log(cost?.low, cost?.high);
 * ```
 */
export function estimate(operation: OperationName, body: object = {}): Estimate | undefined {
  const [id, facts] =
    Object.entries<OperationFacts>(operations).find(
      ([key, { name }]) => key === operation || name === operation,
    ) ?? [];
  if (id === undefined) throw new PikzelsInputError(`There is no operation ${operation}.`);
  // A list is a body too, of other documents.
  if (typeof body !== "object" || (body as unknown) === null)
    refuseOption("The body", "an object", body);
  const price = prices[id];
  if (!price) return facts?.method === "POST" ? undefined : { low: 0, high: 0, date: undefined };
  if (!("by" in price)) return rangeOf([price]);
  const value = (body as Record<string, unknown>)[price.by];
  const known = Object.hasOwn(price.values, String(value))
    ? price.values[String(value)]
    : undefined;
  return rangeOf(known ? [known] : Object.values(price.values).filter((one) => one !== undefined));
}

function rangeOf(all: readonly Price[]): Estimate {
  return {
    low: Math.min(...all.map(({ low }) => low)),
    high: Math.max(...all.map(({ high }) => high)),
    date: all.map(({ date }) => date).sort()[0],
  };
}
