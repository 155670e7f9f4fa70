import type { AwaitedResource } from "../../generated/operations.js";
import { toLine } from "../redact.js";

/**
 * What became of the request: whether sending it again could pay twice.
 *
 * - `"not-sent"`: it never left this machine.
 * - `"rejected"`: the service refused it, or says that the generation failed; not billed.
 * - `"unknown"`: it may have been processed and billed.
 */
export type Outcome = "not-sent" | "rejected" | "unknown";

/** The operation that a failed call was for, as it was sent. */
export interface OperationReference {
  /** In upper case: `POST`. */
  readonly method: string;
  /** Without the query; ids filled in: `/v2/pikzonality/18b2…`. */
  readonly path: string;
}

/** What an error is created with besides its message. */
export interface PikzelsErrorOptions {
  /** Default `"not-sent"`. */
  outcome?: Outcome | undefined;
  /** The operation that was called, if the call got that far. */
  operation?: OperationReference | undefined;
  /** Default 0. */
  attempts?: number | undefined;
  /** The service's id of the request, if one is known. */
  requestId?: string | undefined;
  /** The address of the image, if a download failed. */
  url?: string | undefined;
  /** The error behind this one. */
  cause?: unknown;
}

/** In characters. A message is one line without control characters or keys, whatever it quotes. */
const MAX_MESSAGE = 2000;

/**
 * Registered globally, so that two copies of this package in one program recognize each other's
 * errors.
 */
const brand = Symbol.for("pikzels-client.error");

/**
 * Names an error class, whatever a minifier calls it. The first line of a stack takes the name from
 * the prototype; an inspector takes it from the class.
 */
export function nameErrors(errorClass: { prototype: Error }, name: string): void {
  for (const holder of [errorClass, errorClass.prototype]) {
    Object.defineProperty(holder, "name", { value: name });
  }
}

/**
 * The base of every error that this package throws.
 *
 * An abort is none of them: an aborted call rejects with the `reason` of its signal.
 *
 * @example
 * ```ts
 * import { createPikzels, PikzelsError } from "pikzels-client";
 *
 * try {
 *   await createPikzels().pikzonalities.get("18b2ad5e-2a9e-4d3f-b9a8-9f2a1e0b1234");
 * } catch (error) {
 *   if (error instanceof PikzelsError) console.error(error.outcome, error.message);
 * }
 * ```
 */
export class PikzelsError extends Error {
  /** What became of the request: whether sending it again could pay twice. */
  readonly outcome: Outcome;
  /** The operation that was called; `undefined` if the call did not get that far. */
  readonly operation: OperationReference | undefined;
  /** How many requests this call sent or tried to send. */
  readonly attempts: number;
  /** The service's id of the request, for its support team; `undefined` if none is known. */
  readonly requestId: string | undefined;
  /**
   * The full address of the image, if a download failed: the image you paid for stays there for 24
   * hours after it was made. Messages leave out its query, which may be a signature.
   */
  readonly url: string | undefined;

  static {
    nameErrors(this, "PikzelsError");
    Object.defineProperty(this.prototype, brand, { value: true });
  }

  constructor(message: string, options: PikzelsErrorOptions = {}) {
    super(toLine(message, MAX_MESSAGE), "cause" in options ? { cause: options.cause } : undefined);
    this.outcome = options.outcome ?? "not-sent";
    this.operation = options.operation;
    this.attempts = options.attempts ?? 0;
    this.requestId = options.requestId;
    this.url = options.url;
  }
}

/** Whether this package, or another copy of it, created the value. */
export function isBranded(value: unknown): value is PikzelsError {
  try {
    return typeof value === "object" && value !== null && brand in value;
  } catch {
    return false; // A Proxy that throws.
  }
}

/**
 * No complete answer arrived: the connection could not be made, or it broke. `cause` is a copy of
 * the error from `fetch` with only its name, code, system call and message: the rest may hold the
 * key.
 *
 * `outcome` is `"not-sent"` if the connection provably was never made (refused, unknown host, no
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
  /** Tells the error classes apart, even across two copies of this package. */
  declare readonly name: "PikzelsConnectionError";

  static {
    nameErrors(this, "PikzelsConnectionError");
  }
}

/**
 * The address of an output no longer leads to its image: it expires after 24 hours. Generate the
 * image again, and save outputs as soon as you get them.
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
  /** Tells the error classes apart, even across two copies of this package. */
  declare readonly name: "PikzelsExpiredError";

  static {
    nameErrors(this, "PikzelsExpiredError");
  }
}

/**
 * An image could not be saved: its folder does not exist, there is no permission, the disk is full.
 * `url` is where the image still is, and `cause` the error of the file system.
 *
 * `outcome` is `"not-sent"` if the file system was found unfit before anything was sent, else
 * `"unknown"`: the image has been made and billed.
 *
 * @example
 * ```ts
 * import { createPikzels, PikzelsFileError } from "pikzels-client";
 * import { downloadTo } from "pikzels-client/node";
 *
 * const pikzels = createPikzels();
 * const thumbnail = await pikzels.thumbnails.fromImage({
 *   image_url: "https://example.com/thumbnail.png",
 *   model: "pkz_4_5",
 *   format: "16:9",
 * });
 * try {
 *   await downloadTo(thumbnail, "/mnt/full/thumbnail.png");
 * } catch (error) {
 *   if (!(error instanceof PikzelsFileError) || !error.url) throw error;
 *   await downloadTo(error.url, "thumbnail.png");
 * }
 * ```
 */
export class PikzelsFileError extends PikzelsError {
  /** Tells the error classes apart, even across two copies of this package. */
  declare readonly name: "PikzelsFileError";
  /** The path that could not be written. */
  readonly path: string;

  static {
    nameErrors(this, "PikzelsFileError");
  }

  constructor(message: string, options: PikzelsErrorOptions & { path: string }) {
    super(message, options);
    this.path = options.path;
  }
}

/**
 * What the caller passed cannot be right (a key, an option, an id, a body field, an image), so
 * nothing was sent. `outcome` is always `"not-sent"`.
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
  /** Tells the error classes apart, even across two copies of this package. */
  declare readonly name: "PikzelsInputError";
  /** The body fields that are wrong; empty if something else is. */
  readonly fields: readonly string[];

  static {
    nameErrors(this, "PikzelsInputError");
  }

  constructor(message: string, options: PikzelsErrorOptions & { fields?: readonly string[] } = {}) {
    super(`${toLine(message, MAX_MESSAGE - 100)} Nothing was sent.`, options);
    this.fields = options.fields ?? [];
  }
}

/**
 * The call was at work for longer than `timeoutMs`, waited for a free slot for longer than
 * `queueTimeoutMs`, or one attempt of it took longer than `attemptTimeoutMs`. The message says which.
 *
 * `outcome` tells what the call was doing when the time ran out: `"not-sent"` while it waited for a
 * free slot, `"rejected"` while it waited to send again what was refused, `"unknown"` while it
 * waited for the answer.
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
  /** Tells the error classes apart, even across two copies of this package. */
  declare readonly name: "PikzelsTimeoutError";

  static {
    nameErrors(this, "PikzelsTimeoutError");
  }
}

/**
 * A persona or style ended as `failed` and will never be ready. Delete it and create another.
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
  /** Tells the error classes apart, even across two copies of this package. */
  declare readonly name: "PikzelsTrainingError";
  /** The persona or style as it was last seen. */
  readonly pikzonality: AwaitedResource;

  static {
    nameErrors(this, "PikzelsTrainingError");
  }

  constructor(message: string, options: PikzelsErrorOptions & { pikzonality: AwaitedResource }) {
    super(message, options);
    this.pikzonality = options.pikzonality;
  }
}

/**
 * The answer is not one that the API documents: a proxy's HTML page, an empty or truncated body,
 * JSON of the wrong shape, a redirect, or more bytes than allowed.
 *
 * `outcome` is `"rejected"` for a 4xx status and `"unknown"` for every other: with a 2xx status the
 * request has probably been processed and billed.
 *
 * @example
 * ```ts
 * import { createPikzels, PikzelsUnexpectedResponseError } from "pikzels-client";
 *
 * try {
 *   await createPikzels().titles.fromText({ prompt: "A week alone in the Arctic" });
 * } catch (error) {
 *   if (error instanceof PikzelsUnexpectedResponseError) console.error(error.status, error.outcome);
 * }
 * ```
 */
export class PikzelsUnexpectedResponseError extends PikzelsError {
  /** Tells the error classes apart, even across two copies of this package. */
  declare readonly name: "PikzelsUnexpectedResponseError";
  /**
   * The HTTP status of the answer. 0 for a redirect whose status the platform hides, as browsers
   * do.
   */
  readonly status: number;
  /**
   * How long the answer asks to wait before the next try, in milliseconds; `undefined` if it does
   * not say.
   */
  readonly retryAfterMs: number | undefined;

  static {
    nameErrors(this, "PikzelsUnexpectedResponseError");
  }

  constructor(
    message: string,
    options: PikzelsErrorOptions & { status: number; retryAfterMs?: number | undefined },
  ) {
    super(message, options);
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
  }
}
