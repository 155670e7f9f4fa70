import { createHash } from "node:crypto";
import { numberBetween, oneOf } from "../checks.js";

export const keyStates = [
  "active",
  "unknown",
  "inactive",
  "deleted",
  "no-access",
  "suspended",
  "payment-failed",
] as const;

/** The state of an API key, or of the account behind it. */
export type KeyState = (typeof keyStates)[number];

/** What the service knows of an API key. */
export interface KeySettings {
  /** @default "active" */
  state?: KeyState;
  /** A balance of this key's own, in US dollars. Keys without one share the emulator's. */
  credits?: number;
}

/** What the settings of a key from outside must be. */
export const keySettingsChecks = {
  state: oneOf(keyStates),
  credits: numberBetween(0, 1_000_000_000),
};

/** An API key as the emulator keeps it: never the key itself. */
export interface Account {
  /** Identifies the key in the ledger and the log without revealing it. */
  label: string;
  state: KeyState;
  /** The balance that its calls are paid from. */
  balance: Balance;
  /** Requests that are being answered now. */
  inFlight: number;
}

export interface Balance {
  cents: number;
}

/** The keys the emulator knows or has seen. */
export class Keys {
  /** The caller of operations that need no key. */
  readonly anonymous: Account;
  readonly #accounts = new Map<string, Account>();
  readonly #shared: Balance;
  readonly #acceptsUnknown: boolean;

  constructor(creditCents: number, acceptsUnknown: boolean) {
    this.#shared = { cents: creditCents };
    this.#acceptsUnknown = acceptsUnknown;
    this.anonymous = this.#open("no key");
  }

  /** The balance shared by all keys without one of their own. */
  get sharedBalance(): Balance {
    return this.#shared;
  }

  find(key: string): Account {
    const label = labelOf(key);
    const known = this.#accounts.get(label);
    if (known) return known;
    const account = this.#open(label);
    if (!this.#acceptsUnknown) account.state = "unknown";
    this.#accounts.set(label, account);
    return account;
  }

  set(key: string, { state = "active", credits }: KeySettings): void {
    const account = this.find(key);
    account.state = state;
    if (credits !== undefined) account.balance = { cents: Math.round(credits * 100) };
  }

  #open(label: string): Account {
    return { label, state: "active", balance: this.#shared, inFlight: 0 };
  }
}

function labelOf(key: string): string {
  return `key ${createHash("sha256").update(key).digest("hex").slice(0, 12)}`;
}
