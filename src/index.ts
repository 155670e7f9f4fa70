/**
 * The client, its options and errors, and the types of the API. Runs wherever `fetch` does.
 *
 * @module pikzels-client
 */
export { createPikzels, type Pikzels } from "./wrappers/client.js";
export type { PikzelsApi } from "./wrappers/api-types.js";
export type {
  ApiKey,
  CallLimits,
  CallOptions,
  PikzelsOptions,
} from "./wrappers/options/options.js";
export type { ReadyPikzonality, WaitOptions } from "./wrappers/wait-until-ready.js";

export type { Fetch, FetchInit, RequestBody } from "./transport/fetch.js";
export type { Lease, Limiter } from "./transport/limiter.js";
export type { OnEvent, PikzelsEvent } from "./transport/events.js";

export {
  toImageDataUrl,
  type ImageDataUrl,
  type ImageDataUrlOptions,
} from "./images/data-url.js";
export type { DownloadOptions, ImageSource } from "./images/download.js";
export type { ImageMediaType } from "./images/media-type.js";

export {
  PikzelsError,
  type OperationReference,
  type Outcome,
  type PikzelsErrorOptions,
} from "./wrappers/errors/pikzels-error.js";
export {
  PikzelsApiError,
  type PikzelsApiErrorOf,
  type PikzelsApiErrorOptions,
  type PikzelsValidationError,
  type ValidationDetail,
} from "./wrappers/errors/api-error.js";
export { PikzelsConnectionError } from "./wrappers/errors/connection-error.js";
export { PikzelsExpiredError } from "./wrappers/errors/expired-error.js";
export { PikzelsInputError } from "./wrappers/errors/input-error.js";
export { PikzelsTimeoutError } from "./wrappers/errors/timeout-error.js";
export { PikzelsTrainingError } from "./wrappers/errors/training-error.js";
export { PikzelsUnexpectedResponseError } from "./wrappers/errors/unexpected-response-error.js";
export {
  isPikzelsApiError,
  isPikzelsError,
  type AnyPikzelsError,
} from "./wrappers/errors/guards.js";
export { isKnownErrorCode, type UnknownErrorCode } from "./wrappers/errors/error-code.js";

export { errorCatalog, errorCodes, type ErrorCode, type ErrorFacts } from "./generated/errors.js";
export type { components, paths } from "./generated/schema.js";
export type * from "./generated/operations.js";
