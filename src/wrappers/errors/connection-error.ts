import { nameErrors } from "./name-errors.js";
import { PikzelsError } from "./pikzels-error.js";

/**
 * No complete answer came: the connection could not be made, or broke. `cause` is the error of
 * `fetch`.
 *
 * `outcome` is `"not-sent"` where the connection provably was never made (refused, unknown host, no
 * trust in the certificate), else `"unknown"`.
 *
 * @example
 * ```ts
 * import { createPikzels, PikzelsConnectionError } from "pikzels-client";
 *
 * try {
 *   await createPikzels().titles.fromText({ prompt: "A week alone in the Arctic" });
 * } catch (error) {
 *   if (error instanceof PikzelsConnectionError && error.outcome === "not-sent") {
 *     console.error("Check the network, then send it again: nothing was billed.");
 *   }
 * }
 * ```
 */
export class PikzelsConnectionError extends PikzelsError {
  /** Tells the classes of errors apart, also across two copies of this package. */
  declare readonly name: "PikzelsConnectionError";

  static {
    nameErrors(this, "PikzelsConnectionError");
  }
}
