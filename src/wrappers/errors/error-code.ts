import { errorCatalog, type ErrorCode } from "../../generated/errors.js";

/**
 * An error code that this version of the package does not know. At run time it is the plain string
 * that the service sent; `String(code)` gives it as one.
 *
 * It is no `string` to the compiler, on purpose: comparing a code with a literal that no documented
 * code has stays an error, so a misspelt `case` is found.
 */
// eslint-disable-next-line @typescript-eslint/no-wrapper-object-types -- see above
export interface UnknownErrorCode extends String {
  /** Exists for the compiler only: nothing else is an `UnknownErrorCode`. */
  readonly unknownToThisVersion: true;
}

/**
 * Whether a code is one of the documented ones, and so a key of `errorCatalog`.
 *
 * @example
 * ```ts
 * import { errorCatalog, isKnownErrorCode } from "pikzels-client";
 *
 * const code: string = "NOT_FOUND";
 * if (isKnownErrorCode(code)) console.log(errorCatalog[code].action);
 * ```
 */
export function isKnownErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && Object.hasOwn(errorCatalog, code);
}
