import type { Cost } from "./price-list.js";

/**
 * What may be spent, and what has been. Every request counts with the most that it may cost from before it
 * leaves; only one that was surely not billed is given back.
 */
export class Budget {
  readonly #maxUsd: number;
  #low = 0;
  #high = 0;

  /** @param maxUsd US dollars; `undefined` for no limit. */
  constructor(maxUsd: number | undefined) {
    this.#maxUsd = maxUsd ?? Infinity;
  }

  /** US dollars that what was sent may have cost. */
  get spent(): Cost {
    return { low: this.#low, high: this.#high };
  }

  /** US dollars that are left. */
  get left(): number {
    return this.#maxUsd - this.#high;
  }

  /** Counts a request in, if there is enough left for it. */
  reserve(cost: Cost): boolean {
    // Prices are whole cents: what adding them up loses must not refuse the last request.
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
