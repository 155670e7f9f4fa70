import type { Cost } from "./price-list.js";

/**
 * Tracks what may be spent and what has been. Every request counts with the most it may cost before
 * it is sent; it is only given back if it certainly was not billed.
 */
export class Budget {
  readonly #maxUsd: number;
  #low = 0;
  #high = 0;

  /** @param maxUsd US dollars; `undefined` for no limit. */
  constructor(maxUsd: number | undefined) {
    this.#maxUsd = maxUsd ?? Infinity;
  }

  /** US dollars that the requests sent so far may have cost. */
  get spent(): Cost {
    return { low: this.#low, high: this.#high };
  }

  /** US dollars that are left. */
  get left(): number {
    return this.#maxUsd - this.#high;
  }

  /** Reserves the cost of a request, if enough is left for it. */
  reserve(cost: Cost): boolean {
    // Prices are whole cents, so rounding errors of the sum must not refuse the last request.
    if (cost.high > this.left + 0.000_01) return false;
    this.add(cost);
    return true;
  }

  /** Counts what was spent before, whatever the limit. */
  add({ low, high }: Cost): void {
    this.#low += low;
    this.#high += high;
  }

  /** Gives back what was not billed after all. */
  giveBack({ low, high }: Cost): void {
    this.add({ low: -low, high: -high });
  }
}
