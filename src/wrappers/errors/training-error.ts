import type { PikzonalitiesGetResponse } from "../../generated/operations.js";
import { nameErrors } from "./name-errors.js";
import { PikzelsError, type PikzelsErrorOptions } from "./pikzels-error.js";

/**
 * A persona or style ended as `failed`: it will never be ready. Delete it and create another.
 *
 * @example
 * ```ts
 * import { createPikzels, PikzelsTrainingError } from "pikzels-client";
 *
 * const pikzels = createPikzels();
 * try {
 *   await pikzels.pikzonalities.waitUntilReady("18b2ad5e-2a9e-4d3f-b9a8-9f2a1e0b1234");
 * } catch (error) {
 *   if (error instanceof PikzelsTrainingError) console.error(error.pikzonality.name);
 * }
 * ```
 */
export class PikzelsTrainingError extends PikzelsError {
  /** Tells the classes of errors apart, also across two copies of this package. */
  declare readonly name: "PikzelsTrainingError";
  /** The persona or style as last seen. */
  readonly pikzonality: PikzonalitiesGetResponse;

  static {
    nameErrors(this, "PikzelsTrainingError");
  }

  constructor(
    message: string,
    options: PikzelsErrorOptions & { pikzonality: PikzonalitiesGetResponse },
  ) {
    super(message, options);
    this.pikzonality = options.pikzonality;
  }
}
