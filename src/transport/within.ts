import { onAbort } from "./on-abort.js";

/** The longest delay that timers know; a longer one would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** What bounds a piece of work. */
export interface Bounds {
  signal: AbortSignal | undefined;
  /** Milliseconds; from 24.8 days on there is no limit. */
  ms: number;
  /** Makes the error to reject with when the time is up. */
  late: () => Error;
}

/**
 * Does a piece of work within bounds: settles as soon as the signal aborts or the time is up, even
 * where the work takes no notice of the signal it is given. Leaves no timer and no listener behind.
 */
export async function within<Result>(
  { signal, ms, late }: Bounds,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  signal?.throwIfAborted();
  // A timer would let the work begin, and what is begun may be billed.
  if (ms <= 0) throw late();
  const controller = new AbortController();
  let timeUp: DOMException | undefined;
  let cleanUp: (() => void) | undefined;
  try {
    return await new Promise((resolve, reject) => {
      const stop = (reason: Error) => {
        // In this order, so that `late` still sees what was under way.
        reject(reason);
        controller.abort(reason);
      };
      const onTimeUp = () => {
        stop((timeUp = new DOMException("The time is up", "TimeoutError")));
      };
      const timer = ms <= LONGEST_TIMER ? setTimeout(onTimeUp, ms) : undefined;
      const forget =
        signal &&
        onAbort(signal, () => {
          stop(signal.reason as Error);
        });
      cleanUp = () => {
        clearTimeout(timer);
        forget?.();
      };
      work(controller.signal).then(resolve, reject);
    });
  } catch (error) {
    // Made here and not in the timer, so that its stack leads to the caller.
    throw timeUp && error === timeUp ? late() : error;
  } finally {
    cleanUp?.();
  }
}

/** Waits, unless the signal aborts first. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const forget =
      signal &&
      onAbort(signal, () => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      });
    const timer = setTimeout(() => {
      forget?.();
      resolve();
    }, ms);
  });
}
