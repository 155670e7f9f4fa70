/** A place among the requests in flight. */
export interface Lease {
  /** Gives the place back. Called once; what it throws is ignored. */
  release: () => void | Promise<void>;
  /**
   * Aborts when the place was lost, as when it could not be renewed. A request that has not left yet
   * is then not sent; one that has is left to finish, since giving up on it would not un-bill it.
   */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Bounds how many requests are in flight. The client asks it before each request; waiting counts
 * against `timeoutMs`.
 *
 * @example
 * ```ts
 * import { createPikzels, type Limiter } from "pikzels-client";
 *
 * const unlimited: Limiter = { acquire: async () => ({ release: () => undefined }) };
 * const pikzels = createPikzels({ concurrency: unlimited });
 * ```
 */
export interface Limiter {
  /** Resolves when there is a place; rejects with the signal's reason when it aborts first. */
  acquire: (signal: AbortSignal) => Promise<Lease>;
  /** The service answered 429: let no further request start for so many milliseconds. */
  pause?: (ms: number) => void;
}
