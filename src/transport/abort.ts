type Listeners = Set<() => void>;

const listenersOf = new WeakMap<AbortSignal, Listeners>();

/**
 * Calls a function when a signal aborts. Returns a function that cancels this.
 *
 * However many calls share a signal, it gets one listener of ours: Node warns of a leak from the
 * eleventh on, and has to look through thousands to remove one.
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  const listeners = listenersOf.get(signal) ?? new Set();
  listenersOf.set(signal, listeners);
  if (listeners.size === 0) signal.addEventListener("abort", callListeners);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) signal.removeEventListener("abort", callListeners);
  };
}

function callListeners(this: AbortSignal): void {
  this.removeEventListener("abort", callListeners);
  const listeners = listenersOf.get(this) ?? [];
  listenersOf.delete(this);
  for (const listener of listeners) listener();
}

/** The longest delay that a timer supports; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Calls a function after a delay of any length, including `Infinity`. Returns a function that
 * cancels this.
 */
export function startTimer(ms: number, onTime: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const wait = (leftMs: number) => {
    const nextMs = Math.min(leftMs, LONGEST_TIMER_MS);
    timer = setTimeout(() => {
      if (leftMs > nextMs) wait(leftMs - nextMs);
      else onTime();
    }, nextMs);
  };
  if (ms === Infinity) return () => undefined;
  wait(ms);
  return () => {
    clearTimeout(timer);
  };
}

/** The bounds of a piece of work. */
export interface Bounds {
  signal: AbortSignal | undefined;
  /** Milliseconds; `Infinity` sets no limit. */
  ms: number;
  /** Makes the error to reject with when the time is up. */
  onTimeout: () => Error;
}

/**
 * Does a piece of work within bounds. It settles as soon as the signal aborts or the time is up,
 * even if the work ignores the signal it is given, and leaves no timer or listener behind.
 */
export async function withTimeout<Result>(
  { signal, ms, onTimeout }: Bounds,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  signal?.throwIfAborted();
  // Not left to a timer, which would let the work begin: what has begun may be billed.
  if (ms <= 0) throw onTimeout();
  const controller = new AbortController();
  let timeUp: DOMException | undefined;
  let cleanUp: (() => void) | undefined;
  try {
    return await new Promise((resolve, reject) => {
      const stop = (reason: Error) => {
        // In this order, so that `onTimeout` still sees what was in progress.
        reject(reason);
        controller.abort(reason);
      };
      const stopTimer = startTimer(ms, () => {
        stop((timeUp = new DOMException("The time is up", "TimeoutError")));
      });
      const forget =
        signal &&
        onAbort(signal, () => {
          stop(signal.reason as Error);
        });
      cleanUp = () => {
        stopTimer();
        forget?.();
      };
      work(controller.signal).then(resolve, reject);
    });
  } catch (error) {
    // Created here rather than in the timer, so that its stack leads to the caller.
    throw timeUp && error === timeUp ? onTimeout() : error;
  } finally {
    cleanUp?.();
  }
}

/** Waits, unless the signal aborts first. */
export function delay(ms: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const forget =
      signal &&
      onAbort(signal, () => {
        stopTimer();
        reject(signal.reason as Error);
      });
    const stopTimer = startTimer(ms, () => {
      forget?.();
      resolve();
    });
  });
}

/** Runs code of the caller's whose failure must not fail the call. */
export async function ignoreErrors(work: () => unknown): Promise<void> {
  try {
    await work();
  } catch {
    // A broken log hook or a lost lease must not break a call that may have been paid for.
  }
}
