/** The emulator's time, which training, expiry and delays follow. */
export interface Clock {
  /** Milliseconds since 1970, as `Date.now()`. */
  now: () => number;
  /** Moves the time forward and resolves every wait whose time has come. */
  advance: (ms: number) => void;
  /** Resolves when `ms` have passed on this clock; rejects with `ClockStopped` if it is stopped first. */
  wait: (ms: number) => Promise<void>;
  /** Rejects every wait and clears every timer. */
  stop: () => void;
}

/** The emulator was closed while something was waiting on its clock. */
export class ClockStopped extends Error {}

interface Waiter {
  until: number;
  timer: NodeJS.Timeout | undefined;
  resolve: () => void;
  reject: () => void;
}

/** A clock that follows real time and can be moved ahead, or (`manual`) moves only by `advance`. */
export function createClock(mode: "real" | "manual" = "real"): Clock {
  const start = Date.now();
  const waiters = new Set<Waiter>();
  let offset = 0;
  let stopped = false;

  const now = () => (mode === "manual" ? start : Date.now()) + offset;

  return {
    now,
    advance(ms) {
      if (!(ms >= 0)) throw new RangeError(`a clock advances by 0 ms or more, not by ${ms}`);
      offset += ms;
      const time = now();
      for (const waiter of waiters) if (waiter.until <= time) waiter.resolve();
    },
    wait(ms) {
      if (stopped) return Promise.reject(new ClockStopped());
      if (ms <= 0) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const once = (settle: () => void) => () => {
          clearTimeout(waiter.timer);
          waiters.delete(waiter);
          settle();
        };
        const waiter: Waiter = {
          until: now() + ms,
          timer: undefined,
          resolve: once(resolve),
          reject: once(() => {
            reject(new ClockStopped());
          }),
        };
        if (mode === "real") waiter.timer = setTimeout(waiter.resolve, ms);
        waiters.add(waiter);
      });
    },
    stop() {
      stopped = true;
      for (const waiter of waiters) waiter.reject();
    },
  };
}
