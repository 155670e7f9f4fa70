import { nameErrors } from "./name-errors.js";
import { PikzelsError, type PikzelsErrorOptions } from "./pikzels-error.js";

/**
 * What the caller passed cannot be right (a key, an option, an id, the fields of a body, an image),
 * so nothing was sent. `outcome` is always `"not-sent"`.
 *
 * @example
 * ```ts
 * import { PikzelsInputError, toImageDataUrl } from "pikzels-client";
 *
 * try {
 *   await toImageDataUrl(new TextEncoder().encode("no image"));
 * } catch (error) {
 *   if (error instanceof PikzelsInputError) console.error(error.message);
 * }
 * ```
 */
export class PikzelsInputError extends PikzelsError {
  /** Tells the classes of errors apart, also across two copies of this package. */
  declare readonly name: "PikzelsInputError";
  /** The fields of the body that are wrong, where it is the body. */
  readonly fields: readonly string[];

  static {
    nameErrors(this, "PikzelsInputError");
  }

  constructor(message: string, options: PikzelsErrorOptions & { fields?: readonly string[] } = {}) {
    super(`${message} Nothing was sent.`, options);
    this.fields = options.fields ?? [];
  }
}
