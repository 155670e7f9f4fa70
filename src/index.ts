/**
 * The client, its options and errors, and the types of the API. Runs wherever `fetch` does.
 *
 * @module pikzels-client
 */
export { createPikzels, type Pikzels } from "./wrappers/client.js";
export type { PikzelsApi } from "./wrappers/api-types.js";
export type { ApiKey } from "./wrappers/auth.js";
export type { CallLimits, CallOptions, PikzelsOptions } from "./wrappers/options.js";
export { estimate, type Estimate, type OperationName } from "./wrappers/estimate.js";
export { preparePrompt, type PreparedPrompt } from "./wrappers/prepare-prompt.js";
export type { WaitOptions } from "./wrappers/wait-until-ready.js";

export type { Fetch, FetchInit, RequestBody } from "./transport/fetch.js";
export type { Lease, Limiter } from "./transport/limiter.js";
export type { OnEvent, PikzelsEvent } from "./transport/events.js";

export { toImageDataUrl, type ImageDataUrl, type ImageDataUrlOptions } from "./images/data-url.js";
export type { DownloadOptions, ImageSource } from "./images/download.js";
export type { ImageMediaType } from "./images/media-type.js";

export {
  PikzelsConnectionError,
  PikzelsError,
  PikzelsExpiredError,
  PikzelsFileError,
  PikzelsInputError,
  PikzelsTimeoutError,
  PikzelsTrainingError,
  PikzelsUnexpectedResponseError,
  type OperationReference,
  type Outcome,
  type PikzelsErrorOptions,
} from "./wrappers/errors/classes.js";
export {
  isKnownErrorCode,
  PikzelsApiError,
  type PikzelsApiErrorOf,
  type PikzelsApiErrorOptions,
  type PikzelsValidationError,
  type UnknownErrorCode,
  type ValidationDetail,
} from "./wrappers/errors/api-error.js";
export {
  isPikzelsApiError,
  isPikzelsError,
  type AnyPikzelsError,
} from "./wrappers/errors/guards.js";

export { errorCatalog, errorCodes, type ErrorCode, type ErrorFacts } from "./generated/errors.js";
export type { components, paths } from "./generated/schema.js";
export type * from "./generated/client.js";
export type * from "./generated/operations.js";
