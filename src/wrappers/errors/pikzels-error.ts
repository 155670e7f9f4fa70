import { nameErrors } from "./name-errors.js";

/**
 * What became of the request, for deciding whether sending it again could pay twice.
 *
 * - `"not-sent"`: it never left this machine.
 * - `"rejected"`: the service refused it, or says that the generation failed; not billed.
 * - `"unknown"`: it may have been processed and billed.
 */
export type Outcome = "not-sent" | "rejected" | "unknown";

/** The operation that a failed call was for, as it went over the wire. */
export interface OperationReference {
  /** In upper case: `POST`. */
  readonly method: string;
  /** Without the query; ids filled in: `/v2/pikzonality/18b2…`. */
  readonly path: string;
}

/** What an error is made with besides its message. */
export interface PikzelsErrorOptions {
  /** Default `"not-sent"`. */
  outcome?: Outcome | undefined;
  /** The operation that was called, where it came to that. */
  operation?: OperationReference | undefined;
  /** Default 0. */
  attempts?: number | undefined;
  /** The service's id of the request, where one is known. */
  requestId?: string | undefined;
  /** The error behind this one. */
  cause?: unknown;
}

/** Registered, so that two copies of this package in one program know each other's errors. */
const brand = Symbol.for("pikzels-client.error");

/**
 * The base of every error that this package throws.
 *
 * An abort is none of them: an aborted call rejects with the `reason` of its signal.
 *
 * @example
 * ```ts
 * import { createPikzels, PikzelsError } from "pikzels-client";
 *
 * try {
 *   await createPikzels().pikzonalities.get("18b2ad5e-2a9e-4d3f-b9a8-9f2a1e0b1234");
 * } catch (error) {
 *   if (error instanceof PikzelsError) console.error(error.outcome, error.message);
 * }
 * ```
 */
export class PikzelsError extends Error {
  /** What became of the request: whether sending it again could pay twice. */
  readonly outcome: Outcome;
  /** The operation that was called; `undefined` where it did not come to that. */
  readonly operation: OperationReference | undefined;
  /** How many requests this call sent or tried to send. */
  readonly attempts: number;
  /** The service's id of the request, for its support; where one is known. */
  readonly requestId: string | undefined;

  static {
    nameErrors(this, "PikzelsError");
    Object.defineProperty(this.prototype, brand, { value: true });
  }

  constructor(message: string, options: PikzelsErrorOptions = {}) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.outcome = options.outcome ?? "not-sent";
    this.operation = options.operation;
    this.attempts = options.attempts ?? 0;
    this.requestId = options.requestId;
  }
}

export function isBranded(value: unknown): value is PikzelsError {
  return typeof value === "object" && value !== null && brand in value;
}
