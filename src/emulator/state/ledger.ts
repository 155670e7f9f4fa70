import { Refusal } from "../api/refusal.js";
import type { Account } from "./keys.js";

/** One payment, or (if `usd` is negative) its refund. */
export interface Charge {
  /** The request it was for. A refund names the request that was charged. */
  requestId: string;
  /** The spec's `operationId`. */
  operation: string;
  /** Identifies the API key without revealing it. */
  key: string;
  /** US dollars. */
  usd: number;
  /** The time on the emulator's clock. */
  at: Date;
}

/** Credits that are reserved while a request is processed. */
export interface Hold {
  /** The request succeeded: its price is charged. */
  capture(requestId: string, operation: string): void;
  /** The request is over: credits that were not captured are released. */
  release(): void;
}

/** The payments for successful requests. */
export class Ledger {
  readonly charges: Charge[] = [];
  readonly #byRequest = new Map<string, Charge>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** US dollars over all charges, less refunds. */
  get total(): number {
    return this.charges.reduce((cents, { usd }) => cents + Math.round(usd * 100), 0) / 100;
  }

  /**
   * Reserves what a request will cost.
   *
   * @throws {Refusal} `INSUFFICIENT_CREDITS`, or `SMART_BALANCE_PAYMENT_FAILED`.
   */
  hold(account: Account, cents: number): Hold {
    if (cents > 0 && account.state === "payment-failed")
      throw new Refusal("SMART_BALANCE_PAYMENT_FAILED");
    if (cents > account.balance.cents) throw new Refusal("INSUFFICIENT_CREDITS");
    const { balance } = account;
    let held = cents;
    balance.cents -= held;
    return {
      capture: (requestId, operation) => {
        if (held > 0) this.#enter({ requestId, operation, key: account.label, usd: held / 100 });
        held = 0;
      },
      release() {
        balance.cents += held;
        held = 0;
      },
    };
  }

  /** US dollars that a request was charged. */
  chargedFor(requestId: string): number {
    return this.#byRequest.get(requestId)?.usd ?? 0;
  }

  /** Refunds what was charged for a request, for example for a training that failed later. */
  refund(requestId: string, account: Account): void {
    const charge = this.#byRequest.get(requestId);
    if (!charge) return;
    account.balance.cents += Math.round(charge.usd * 100);
    this.#enter({ ...charge, usd: -charge.usd });
  }

  #enter(charge: Omit<Charge, "at">): void {
    const entry = { ...charge, at: new Date(this.#now()) };
    this.charges.push(entry);
    if (entry.usd > 0) this.#byRequest.set(entry.requestId, entry);
  }
}
