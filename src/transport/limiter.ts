import { onAbort, startTimer } from "./abort.js";

/** A slot among the requests in flight. */
export interface Lease {
  /** Releases the slot. Called once; errors are ignored. */
  release: () => void | Promise<void>;
  /**
   * Aborts when the slot is lost, for example because it could not be renewed. A request that has
   * not been sent yet is then not sent. One that has been sent is left to finish, since giving up
   * on it would not undo its cost.
   */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Bounds how many requests are in flight. The client asks it before each request; waiting for it
 * does not count against `timeoutMs`, but against `queueTimeoutMs`.
 *
 * If `acquire` throws or rejects, nothing is sent and the call fails with a `PikzelsConnectionError`.
 * What `pause` and `release` throw or reject with is ignored: the service's answer matters more.
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
  /** Resolves when a slot is free; rejects with the signal's reason if it aborts first. */
  acquire: (signal: AbortSignal) => Promise<Lease>;
  /** Called after a 429: start no further request for this many milliseconds. */
  pause?: (ms: number) => void;
}

interface Waiting {
  limit: number;
  start: () => void;
}

/**
 * A limit on requests in flight, first come, first served. Each caller brings its own limit, and
 * starts only while fewer than that are in flight.
 *
 * After a 429 nothing starts until the pause is over; then half as many as before, and one more with
 * every request that ends: the pressure that the service bears has to be found anew.
 */
export class SharedLimit {
  #inFlight = 0;
  #bearable = Infinity;
  #pausedUntil = 0;
  #stopTimer: (() => void) | undefined;
  readonly #waiting = new Set<Waiting>();
  readonly #onIdle: (() => void) | undefined;

  /** @param onIdle told when nobody uses or awaits a slot any more and no pause is on */
  constructor(onIdle?: () => void) {
    this.#onIdle = onIdle;
  }

  /** A slot, if one is free right now. */
  tryAcquire(limit: number): Lease | undefined {
    const isFree = this.#waiting.size === 0 && this.#isFree(limit) && this.#pauseLeft() <= 0;
    return isFree ? this.#lease() : undefined;
  }

  acquire(limit: number, signal: AbortSignal): Promise<Lease> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const forget = onAbort(signal, () => {
        this.#waiting.delete(waiting);
        this.#startNext();
        reject(signal.reason as Error);
      });
      const waiting = {
        limit,
        start: () => {
          forget();
          resolve(this.#lease());
        },
      };
      this.#waiting.add(waiting);
      this.#startNext();
    });
  }

  pause(ms: number): void {
    this.#bearable = Math.max(1, Math.floor(this.#inFlight / 2));
    this.#pausedUntil = Math.max(this.#pausedUntil, performance.now() + ms);
  }

  #isFree(limit: number): boolean {
    return this.#inFlight < Math.min(limit, this.#bearable);
  }

  #pauseLeft(): number {
    return this.#pausedUntil - performance.now();
  }

  #lease(): Lease {
    this.#inFlight++;
    return {
      release: () => {
        this.#inFlight--;
        this.#bearable++;
        this.#startNext();
      },
    };
  }

  #startNext(): void {
    this.#stopTimer?.();
    for (const waiting of this.#waiting) {
      const left = this.#pauseLeft();
      if (left > 0) {
        this.#stopTimer = startTimer(left, () => {
          this.#startNext();
        });
        return;
      }
      if (!this.#isFree(waiting.limit)) return;
      this.#waiting.delete(waiting);
      waiting.start();
    }
    if (this.#inFlight === 0 && this.#pauseLeft() <= 0) this.#onIdle?.();
  }
}

const limits = new Map<string, SharedLimit>();

/** A limiter that can also hand out a free slot synchronously, without the cost of a promise. */
export interface LocalLimiter extends Limiter {
  tryAcquire: () => Lease | undefined;
}

/**
 * The limit that everyone in this process shares who asks for the same name. The name may be a
 * secret: it is never handed out, and it is forgotten once nobody uses the limit.
 */
export function sharedLimiter(name: string, limit: number): LocalLimiter {
  const shared = () => {
    let found = limits.get(name);
    if (!found) limits.set(name, (found = new SharedLimit(() => limits.delete(name))));
    return found;
  };
  return {
    tryAcquire: () => shared().tryAcquire(limit),
    acquire: (signal) => shared().acquire(limit, signal),
    pause: (ms) => {
      shared().pause(ms);
    },
  };
}
