/** One entry of `error.details`: which field is wrong, and why. */
export interface Detail {
  /** The field of the body, or the parameter; left out if the message is about the body as a whole. */
  field?: string;
  /** What is wrong with it. */
  message: string;
}

export interface RefusalOptions {
  /** The public message. @default What is known of the code */
  message?: string;
  /** Which fields are wrong; published with `VALIDATION_ERROR` only. */
  details?: Detail[];
  /** Value of the `Retry-After` header: seconds, or an HTTP date. */
  retryAfter?: number | string;
}

/** The codes that the emulator itself answers with, and the status of each. */
const STATUSES = {
  VALIDATION_ERROR: 400,
  INVALID_IMAGE: 400,
  IMAGE_TOO_LARGE: 413,
  CANNOT_DELETE_PROCESSING: 400,
  MISSING_API_KEY: 401,
  INVALID_API_KEY_FORMAT: 401,
  INVALID_API_KEY: 401,
  API_KEY_INACTIVE: 401,
  API_KEY_DELETED: 401,
  INSUFFICIENT_CREDITS: 402,
  SMART_BALANCE_PAYMENT_FAILED: 402,
  API_ACCESS_NOT_ENABLED: 403,
  ACCOUNT_SUSPENDED: 403,
  NOT_FOUND: 404,
  NAME_RESERVED: 409,
  NAME_ALREADY_EXISTS: 409,
  CONFLICT: 409,
  TOO_MANY_REQUESTS: 429,
  INTERNAL_ERROR: 500,
} as const;

/** Thrown while a request is processed to answer it with the error envelope. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: string;
  /** The status of a code that the catalogue does not know. */
  readonly status: number;
  readonly options: RefusalOptions;

  /** With a code of its own, or with one that the document publishes. */
  constructor(code: keyof typeof STATUSES | (string & {}), options: RefusalOptions = {}) {
    super(options.message ?? code);
    this.code = code;
    this.status = Object.hasOwn(STATUSES, code) ? STATUSES[code as keyof typeof STATUSES] : 400;
    this.options = options;
  }
}

/** A `VALIDATION_ERROR` with one entry in `details`. */
export function validationError(detail: Detail): Refusal {
  return new Refusal("VALIDATION_ERROR", { details: [detail] });
}
