import { errorCatalog, type ErrorCode } from "../../generated/errors.js";

/** One entry of `error.details`: which field is wrong, and why. */
export interface Detail {
  /** The field of the body; left out if the message is about the body as a whole. */
  field?: string;
  /** What is wrong with it. */
  message: string;
}

export interface RefusalOptions {
  /** The public message. @default The catalogue's meaning of the code */
  message?: string;
  /** Which fields are wrong; published with `VALIDATION_ERROR` only. */
  details?: Detail[];
  /** Value of the `Retry-After` header: seconds, or an HTTP date. */
  retryAfter?: number | string;
}

/** Thrown while a request is processed to answer it with the error envelope. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: string;
  readonly status: number;
  readonly details: Detail[] | undefined;
  readonly retryAfter: number | string | undefined;

  constructor(code: ErrorCode, options: RefusalOptions = {}) {
    const { status = 500, meaning } = errorCatalog[code];
    super(options.message ?? asSentence(meaning));
    this.code = code;
    this.status = status;
    this.details = options.details;
    this.retryAfter = options.retryAfter;
  }
}

/** A `VALIDATION_ERROR` about one field. */
export function invalidField(field: string, message: string): Refusal {
  return new Refusal("VALIDATION_ERROR", { details: [{ field, message }] });
}

export function asSentence(meaning: string): string {
  return `${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}.`;
}
