import type { IncomingMessage } from "node:http";
import { Refusal } from "./refusal.js";
import type { Operation } from "../document/operations.js";
import type { Account, Keys } from "../state/keys.js";

/**
 * Admits a request unless its key has as many in flight as it may. The function that it returns
 * counts the request out again, once.
 *
 * @throws {Refusal} `TOO_MANY_REQUESTS`, with the seconds after which to try again.
 */
export function admit(account: Account, maxInFlight: number): () => void {
  if (account.inFlight >= maxInFlight) throw new Refusal("TOO_MANY_REQUESTS", { retryAfter: 1 });
  account.inFlight++;
  let isInFlight = true;
  return () => {
    if (isInFlight) account.inFlight--;
    isInFlight = false;
  };
}

/**
 * Finds the account a request is charged to, by its API key.
 *
 * @throws {Refusal} One of the 401 and 403 codes.
 */
export function authenticate(request: IncomingMessage, operation: Operation, keys: Keys): Account {
  const value = request.headers[(operation.keyHeader ?? "x-api-key").toLowerCase()];
  const key = typeof value === "string" ? value : "";
  if (key === "") {
    if (operation.keyHeader === undefined) return keys.anonymous;
    throw new Refusal("MISSING_API_KEY");
  }
  if (!key.startsWith("pkz_")) throw new Refusal("INVALID_API_KEY_FORMAT");
  const account = keys.find(key);
  switch (account.state) {
    case "unknown":
      throw new Refusal("INVALID_API_KEY");
    case "inactive":
      throw new Refusal("API_KEY_INACTIVE");
    case "deleted":
      throw new Refusal("API_KEY_DELETED");
    case "no-access":
      throw new Refusal("API_ACCESS_NOT_ENABLED");
    case "suspended":
      throw new Refusal("ACCOUNT_SUSPENDED");
    case "payment-failed":
    case "active":
      return account;
  }
}
