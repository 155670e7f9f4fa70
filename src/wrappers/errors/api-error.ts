import { errorCatalog, type ErrorCode, type ErrorFacts } from "../../generated/errors.js";
import { nameErrors, PikzelsError, type PikzelsErrorOptions } from "./classes.js";

/**
 * An error code that this version of the package does not know. At run time it is the plain string
 * that the service sent; `String(code)` returns it.
 *
 * It is no `string` to the compiler, on purpose: comparing a code with a literal that no documented
 * code has stays an error, so a misspelt `case` is found.
 */
// eslint-disable-next-line @typescript-eslint/no-wrapper-object-types -- see above
export interface UnknownErrorCode extends String {
  /** Exists only for the compiler: no other value is an `UnknownErrorCode`. */
  readonly unknownToThisVersion: true;
}

/**
 * Whether a code is one of the documented ones, and therefore a key of `errorCatalog`.
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

/** What `errorCatalog` says of a code; `undefined` for one that it does not list. */
export function errorFacts(code: string): ErrorFacts | undefined {
  const catalog: Readonly<Record<string, ErrorFacts>> = errorCatalog;
  return isKnownErrorCode(code) ? catalog[code] : undefined;
}

/** What is wrong with one field, in a `VALIDATION_ERROR`. */
export interface ValidationDetail {
  /** The field of the body, if the service names one. */
  readonly field?: string;
  /** What is wrong, in human-readable words. */
  readonly message: string;
}

/** A `PikzelsApiError` of one code. */
export interface PikzelsApiErrorOf<Code> extends PikzelsError {
  /** Tells the error classes apart, even across two copies of this package. */
  readonly name: "PikzelsApiError";
  /** Why the call failed: one of the documented codes, or one that is newer than this package. */
  readonly code: Code;
  /** The HTTP status. It decides that the call failed; the code says why. */
  readonly status: number;
  /** What the code means, from `errorCatalog`; `undefined` for a code it does not list. */
  readonly meaning: Code extends ErrorCode ? string : undefined;
  /**
   * How long the service asks to wait before the next try, in milliseconds; `undefined` if it does
   * not say.
   */
  readonly retryAfterMs: number | undefined;
}

/** A `PikzelsApiError` that names the fields of the body that are wrong. */
export interface PikzelsValidationError extends PikzelsApiErrorOf<"VALIDATION_ERROR"> {
  /** One entry per problem; empty if the service gave none. */
  readonly details: readonly ValidationDetail[];
}

/** @inline */
type KnownApiError = {
  [Code in ErrorCode]: Code extends "VALIDATION_ERROR"
    ? PikzelsValidationError
    : PikzelsApiErrorOf<Code>;
}[ErrorCode];

/**
 * The service answered with its error envelope. Discriminated by `code`: a `switch` over the known
 * codes can be exhaustive, and a code that is newer than this package has a type of its own.
 *
 * `outcome` is `"rejected"` for every documented code but `INTERNAL_ERROR`, even if a generation
 * failed, was cancelled or took too long: only successful generations are billed
 * (https://docs.pikzels.com). It is `"unknown"` for `INTERNAL_ERROR` and for any undocumented code
 * with a 5xx status.
 *
 * @example
 * ```ts
 * import { createPikzels, PikzelsApiError } from "pikzels-client";
 *
 * const pikzels = createPikzels();
 * try {
 *   await pikzels.titles.fromText({ prompt: "A week alone in the Arctic" });
 * } catch (error) {
 *   if (!(error instanceof PikzelsApiError)) throw error;
 *   switch (error.code) {
 *     case "VALIDATION_ERROR":
 *       console.error(error.details);
 *       break;
 *     case "INSUFFICIENT_CREDITS":
 *       console.error("Top up the balance, then try again.");
 *       break;
 *     default:
 *       console.error(error.message);
 *   }
 * }
 * ```
 */
export type PikzelsApiError = KnownApiError | PikzelsApiErrorOf<UnknownErrorCode>;

/** What a `PikzelsApiError` is created with besides its message. */
export interface PikzelsApiErrorOptions extends PikzelsErrorOptions {
  /** As the service sent it; one of `ErrorCode`, or one that is newer than this package. */
  code: string;
  /** The HTTP status of the answer. */
  status: number;
  /** How long the service asks to wait, in milliseconds. */
  retryAfterMs?: number | undefined;
  /** Kept if `code` is `VALIDATION_ERROR`. */
  details?: readonly ValidationDetail[] | undefined;
}

class ApiError extends PikzelsError {
  readonly code: string;
  readonly status: number;
  readonly meaning: string | undefined;
  readonly retryAfterMs: number | undefined;
  declare readonly details?: readonly ValidationDetail[];

  static {
    nameErrors(this, "PikzelsApiError");
  }

  constructor(message: string, options: PikzelsApiErrorOptions) {
    super(message, options);
    const { code, status, retryAfterMs, details = [] } = options;
    this.code = code;
    this.status = status;
    this.meaning = errorFacts(code)?.meaning;
    this.retryAfterMs = retryAfterMs;
    if (code === "VALIDATION_ERROR") this.details = details;
  }
}

/** @inline */
interface PikzelsApiErrorConstructor {
  /** Creates one, for a test double of the client. */
  new (message: string, options: PikzelsApiErrorOptions): PikzelsApiError;
  readonly prototype: PikzelsApiError;
}

/** The class of these errors, for `instanceof` and for tests that need an instance. */
// A class cannot be a union, its instances can: the constructor makes each of them fit its `code`.
export const PikzelsApiError = ApiError as unknown as PikzelsApiErrorConstructor;
