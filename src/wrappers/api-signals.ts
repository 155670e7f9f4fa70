import { onAbort } from "../transport/on-abort.js";

type Call = (...args: unknown[]) => Promise<unknown>;

/**
 * Gives each call of `api` a signal of its own that follows the caller's. The `Request` that
 * openapi-fetch makes listens to what it is given until it is collected as garbage: on a signal that
 * thousands of calls share, the listeners would pile up.
 */
export function followingSignals(call: Call): Call {
  return async (...args) => {
    const options = args.at(-1);
    const { signal } = Object(options) as { signal?: AbortSignal | null };
    if (!signal) return call(...args);

    signal.throwIfAborted();
    const own = new AbortController();
    const forget = onAbort(signal, () => {
      own.abort(signal.reason);
    });
    try {
      return await call(...args.slice(0, -1), { ...(options as object), signal: own.signal });
    } finally {
      forget();
    }
  };
}
