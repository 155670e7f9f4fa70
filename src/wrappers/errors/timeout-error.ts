import { nameErrors } from "./name-errors.js";
import { PikzelsError } from "./pikzels-error.js";

/**
 * The call took longer than `timeoutMs`, or one attempt of it longer than `attemptTimeoutMs`.
 *
 * `outcome` says where the time ran out: `"not-sent"` while waiting for a free place, `"rejected"`
 * while waiting to send again what was refused, `"unknown"` while waiting for the answer.
 *
 * @example
 * ```ts
 * import { createPikzels, PikzelsTimeoutError } from "pikzels-client";
 *
 * try {
 *   await createPikzels().titles.fromText({ prompt: "Arctic" }, { timeoutMs: 60_000 });
 * } catch (error) {
 *   if (error instanceof PikzelsTimeoutError) console.error("Too slow:", error.outcome);
 * }
 * ```
 */
export class PikzelsTimeoutError extends PikzelsError {
  /** Tells the classes of errors apart, also across two copies of this package. */
  declare readonly name: "PikzelsTimeoutError";

  static {
    nameErrors(this, "PikzelsTimeoutError");
  }
}
