import { Refusal } from "../refusal.js";
import type { Account } from "../state/keys.js";

/**
 * Lets a request in, unless its key has as many in flight as it may. The function that is returned
 * counts it out again, once.
 *
 * @throws {Refusal} `TOO_MANY_REQUESTS`, with the second after which to try again.
 */
export function admit(account: Account, maxInFlight: number): () => void {
  if (account.inFlight >= maxInFlight) throw new Refusal("TOO_MANY_REQUESTS", { retryAfter: 1 });
  account.inFlight++;
  let inside = true;
  return () => {
    if (inside) account.inFlight--;
    inside = false;
  };
}
