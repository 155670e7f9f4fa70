import * as client from "pikzels-client";
import type { CallOptions, PikzelsOptions, WaitOptions } from "pikzels-client";
import type { ClientMethods } from "../sample-api/generated/client.js";
import type { ErrorCode } from "../sample-api/generated/errors.js";

export { errorCatalog, errorCodes } from "../sample-api/generated/errors.js";

type AnyCall = (
  path: string,
  options?: object,
) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

/** A client for the sample API, whose methods stay the same when the spec changes. */
export interface Pikzels extends ClientMethods<CallOptions, WaitOptions> {
  download: client.Pikzels["download"];
  api: Pick<client.PikzelsApi, "use" | "eject"> &
    Record<"GET" | "POST" | "PUT" | "PATCH" | "DELETE", AnyCall> & {
      request: (method: string, ...call: Parameters<AnyCall>) => ReturnType<AnyCall>;
    };
}

/** Makes a client, in a test for which `sample-api.ts` sets up the sample API. */
export function createPikzels(options?: PikzelsOptions): Pikzels {
  const made: unknown = client.createPikzels(options);
  return made as Pikzels;
}

/** The package's type guard, for the codes of the sample API. */
export function isPikzelsApiError(
  error: unknown,
  code?: ErrorCode,
): error is client.PikzelsApiError {
  return client.isPikzelsApiError(error, code as never);
}
