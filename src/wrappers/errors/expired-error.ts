import { nameErrors } from "./name-errors.js";
import { PikzelsError } from "./pikzels-error.js";

/**
 * The address of an output no longer gives its image: it expires 24 hours after it was made.
 * Generate it again, and save outputs as they come.
 *
 * @example
 * ```ts
 * import { createPikzels, PikzelsExpiredError } from "pikzels-client";
 *
 * try {
 *   await createPikzels().download("https://cdn.example.com/output.png");
 * } catch (error) {
 *   if (error instanceof PikzelsExpiredError) console.error("More than a day old.");
 * }
 * ```
 */
export class PikzelsExpiredError extends PikzelsError {
  /** Tells the classes of errors apart, also across two copies of this package. */
  declare readonly name: "PikzelsExpiredError";

  static {
    nameErrors(this, "PikzelsExpiredError");
  }
}
