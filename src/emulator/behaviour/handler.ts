import type { Operation } from "../document/operations.js";
import type { JsonObject } from "../../openapi/json.js";
import type { Account } from "../state/keys.js";
import type { EmulatorState } from "../state/emulator-state.js";

/** A request that passed the spec's validation. */
export interface Call {
  requestId: string;
  operation: Operation;
  pathParameters: Record<string, string>;
  body: JsonObject;
  account: Account;
  /** Where addresses in the answer start: `http://127.0.0.1:4010`. */
  origin: string;
}

/** How the service behaves for one operation. */
export interface Handler {
  /** What its success costs. Nothing where it is left out. */
  cents?: (body: JsonObject) => number;
  /** Refuses what the spec allows but the service does not. Changes nothing. */
  check?: (call: Call, state: EmulatorState) => void;
  /** Does the work and returns the body of the answer. */
  perform: (call: Call, state: EmulatorState) => JsonObject;
}
