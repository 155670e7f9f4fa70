import { onAbort } from "./on-abort.js";
import type { Lease, Limiter } from "./limiter.js";

interface Waiting {
  limit: number;
  start: () => void;
}

/**
 * A limit on requests in flight, first come, first served. Each caller brings its own number and
 * starts only below it.
 *
 * After a 429 nothing starts until the pause is over; then half as many as before, and one more with
 * every request that ends: the pressure that the service bears has to be found anew.
 */
export class SharedLimit {
  #inFlight = 0;
  #bearable = Infinity;
  #pausedUntil = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #waiting = new Set<Waiting>();

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
          this.#inFlight++;
          resolve({
            release: () => {
              this.#release();
            },
          });
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

  isIdle(): boolean {
    return this.#inFlight + this.#waiting.size === 0 && this.#pausedUntil <= performance.now();
  }

  #release(): void {
    this.#inFlight--;
    this.#bearable++;
    this.#startNext();
  }

  #startNext(): void {
    clearTimeout(this.#timer);
    for (const waiting of this.#waiting) {
      const paused = this.#pausedUntil - performance.now();
      if (paused > 0) {
        this.#timer = setTimeout(() => {
          this.#startNext();
        }, paused);
        return;
      }
      if (this.#inFlight >= Math.min(waiting.limit, this.#bearable)) return;
      this.#waiting.delete(waiting);
      waiting.start();
    }
  }
}

const limits = new Map<string, SharedLimit>();

/**
 * The limit that everybody in this process shares who asks for it by the same name. The name may be
 * a secret: it is never handed out again, and forgotten once nobody uses the limit.
 */
export function sharedLimiter(name: string, limit: number): Limiter {
  const shared = () => {
    let found = limits.get(name);
    if (!found) limits.set(name, (found = new SharedLimit()));
    return found;
  };
  const forgetIfIdle = () => {
    if (limits.get(name)?.isIdle()) limits.delete(name);
  };
  return {
    acquire: async (signal) => {
      try {
        const { release } = await shared().acquire(limit, signal);
        return {
          release: () => {
            void release();
            forgetIfIdle();
          },
        };
      } catch (aborted) {
        forgetIfIdle();
        throw aborted;
      }
    },
    pause: (ms) => {
      shared().pause(ms);
    },
  };
}
