import type { IncomingMessage } from "node:http";
import { behaviour } from "../../generated/behaviour.js";
import type { Operation } from "../document/operations.js";
import { valueOfCredential } from "../document/security.js";
import type { Account, Keys, KeyState } from "../state/keys.js";
import { Refusal } from "./refusal.js";

/**
 * Admits a request unless its key has too many in flight. Returns a function that counts the
 * request out again.
 *
 * @throws {Refusal} `TOO_MANY_REQUESTS`, with the seconds after which to try again.
 */
export function admit(account: Account, maxInFlight: number): () => void {
  if (account.inFlight >= maxInFlight) throw new Refusal("TOO_MANY_REQUESTS", { retryAfter: 1 });
  account.inFlight++;
  return () => {
    account.inFlight--;
  };
}

const CODES: Partial<Record<KeyState, string>> = {
  unknown: "INVALID_API_KEY",
  inactive: "API_KEY_INACTIVE",
  deleted: "API_KEY_DELETED",
  "no-access": "API_ACCESS_NOT_ENABLED",
  suspended: "ACCOUNT_SUSPENDED",
};

/**
 * Finds the account that a request is charged to, by the credentials that its operation asks for.
 *
 * @param publishes Whether the document publishes an error code.
 * @throws {Refusal} One of the 401 and 403 codes.
 */
export function authenticate(
  request: IncomingMessage,
  query: URLSearchParams,
  { security }: Operation,
  keys: Keys,
  publishes: (code: string) => boolean,
): Account {
  const sets = security.map((credentials) =>
    credentials.map((credential) => valueOfCredential(credential, request, query)),
  );
  const given = sets.find((values) => values.length > 0 && values.every((value) => value !== ""));
  const [key] = given ?? [];
  if (key === undefined) {
    const isOpen = security.length === 0 || sets.some((values) => values.length === 0);
    if (isOpen) return keys.anonymous;
    throw new Refusal("MISSING_API_KEY");
  }
  if (!key.startsWith(behaviour.key.prefix) && publishes("INVALID_API_KEY_FORMAT"))
    throw new Refusal("INVALID_API_KEY_FORMAT");
  const account = keys.find(key);
  const code = CODES[account.state];
  if (code !== undefined) throw new Refusal(code);
  return account;
}
