import type { ErrorCode } from "../../generated/errors.js";
import type { PikzelsApiError } from "./api-error.js";
import {
  isBranded,
  type PikzelsConnectionError,
  type PikzelsExpiredError,
  type PikzelsFileError,
  type PikzelsInputError,
  type PikzelsTimeoutError,
  type PikzelsTrainingError,
  type PikzelsUnexpectedResponseError,
} from "./classes.js";

/** Every error of this package, discriminated by `name`. */
export type AnyPikzelsError =
  | PikzelsApiError
  | PikzelsConnectionError
  | PikzelsExpiredError
  | PikzelsFileError
  | PikzelsInputError
  | PikzelsTimeoutError
  | PikzelsTrainingError
  | PikzelsUnexpectedResponseError;

/**
 * Whether this package threw the error. Unlike `instanceof`, it also recognizes errors of a second
 * copy of this package in the same program, and it narrows to a union that `name` discriminates.
 *
 * @example
 * ```ts
 * import { createPikzels, isPikzelsError } from "pikzels-client";
 *
 * try {
 *   await createPikzels().titles.fromText({ prompt: "A week alone in the Arctic" });
 * } catch (error) {
 *   if (!isPikzelsError(error)) throw error;
 *   if (error.name === "PikzelsApiError") console.error(error.status);
 * }
 * ```
 */
export function isPikzelsError(error: unknown): error is AnyPikzelsError {
  return isBranded(error);
}

/**
 * Whether the error is the service's own answer, with the given code if there is one. Unlike
 * `instanceof`, it also recognizes errors of a second copy of this package in the same program.
 *
 * @example
 * ```ts
 * import { createPikzels, isPikzelsApiError } from "pikzels-client";
 *
 * try {
 *   await createPikzels().pikzonalities.delete("18b2ad5e-2a9e-4d3f-b9a8-9f2a1e0b1234");
 * } catch (error) {
 *   if (!isPikzelsApiError(error, "CANNOT_DELETE_PROCESSING")) throw error;
 *   console.error("Not yet:", error.meaning);
 * }
 * ```
 */
export function isPikzelsApiError(error: unknown): error is PikzelsApiError;
export function isPikzelsApiError<Code extends ErrorCode>(
  error: unknown,
  code: Code,
): error is Extract<PikzelsApiError, { readonly code: Code }>;
export function isPikzelsApiError(error: unknown, code?: ErrorCode): boolean {
  return (
    isPikzelsError(error) &&
    error.name === "PikzelsApiError" &&
    (code === undefined || error.code === code)
  );
}

/** The same for a code that the spec does not list, or no longer lists: nothing is narrowed. */
export function hasErrorCode(error: unknown, code: string): boolean {
  return isPikzelsApiError(error) && String(error.code) === code;
}
