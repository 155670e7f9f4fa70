import { isPikzelsApiError, isPikzelsError } from "../wrappers/errors/guards.js";

/** The status of the answer that an error tells of, where there was one. */
export function statusOf(error: unknown): number | undefined {
  return isPikzelsError(error) && "status" in error ? error.status : undefined;
}

/** How long that answer asked to wait, where it did. */
export function retryAfterOf(error: unknown): number | undefined {
  return isPikzelsError(error) && "retryAfterMs" in error ? error.retryAfterMs : undefined;
}

/**
 * Whether a failed request surely did nothing, so that sending it again cannot pay twice: it never
 * left, was turned away by a limit, or met the maintenance window.
 */
export function surelyDidNothing(error: unknown): boolean {
  return (
    (isPikzelsError(error) && error.outcome === "not-sent") ||
    statusOf(error) === 429 ||
    isPikzelsApiError(error, "SERVICE_UNDER_MAINTENANCE")
  );
}

/**
 * Whether a failed request may be sent again. A POST costs money and the API knows no idempotency
 * key; the others may be repeated, so for them a network error and any 5xx will do.
 */
export function mayRetry(method: string, error: unknown): boolean {
  if (!isPikzelsError(error) || error.name === "PikzelsInputError") return false;
  if (surelyDidNothing(error)) return true;
  const status = statusOf(error);
  const isPassing = status === undefined ? error.outcome === "unknown" : status >= 500;
  return isPassing && /^(GET|HEAD|OPTIONS|PUT|PATCH|DELETE)$/.test(method);
}
