import { nameErrors } from "./name-errors.js";
import { PikzelsError, type PikzelsErrorOptions } from "./pikzels-error.js";

/**
 * An answer came that the API does not document: a proxy's HTML page, an empty or cut-off body, JSON
 * of the wrong shape, a redirect, more bytes than allowed.
 *
 * `outcome` is `"rejected"` for a 4xx status and `"unknown"` for every other: with a 2xx status the
 * request has probably been processed and billed.
 *
 * @example
 * ```ts
 * import { createPikzels, PikzelsUnexpectedResponseError } from "pikzels-client";
 *
 * try {
 *   await createPikzels().titles.fromText({ prompt: "A week alone in the Arctic" });
 * } catch (error) {
 *   if (error instanceof PikzelsUnexpectedResponseError) console.error(error.status, error.outcome);
 * }
 * ```
 */
export class PikzelsUnexpectedResponseError extends PikzelsError {
  /** Tells the classes of errors apart, also across two copies of this package. */
  declare readonly name: "PikzelsUnexpectedResponseError";
  /**
   * The HTTP status of the answer. 0 for a redirect whose status the platform hides: browsers do, and
   * Node where the request has a body.
   */
  readonly status: number;
  /** How long the answer asks to wait before the next try, in milliseconds; where it says so. */
  readonly retryAfterMs: number | undefined;

  static {
    nameErrors(this, "PikzelsUnexpectedResponseError");
  }

  constructor(
    message: string,
    options: PikzelsErrorOptions & { status: number; retryAfterMs?: number | undefined },
  ) {
    super(message, options);
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
  }
}
