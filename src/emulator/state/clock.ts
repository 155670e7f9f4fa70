import { startTimer } from "../../transport/abort.js";

/** The emulator's time, which training, expiry and delays follow. */
export interface Clock {
  /** Milliseconds since 1970, as `Date.now()`. */
  now: () => number;
  /**
   * Moves the time forward and resolves every wait whose time has come.
   *
   * @throws {RangeError} If the time would go back, or beyond what a date can hold.
   */
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
  stopTimer: (() => void) | undefined;
  resolve: () => void;
  reject: () => void;
}

/** A little before the last date that there is, so that dates a while later can be told too. */
const LATEST = Date.UTC(275_000, 0);

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
      if (now() + ms > LATEST) throw new RangeError("a clock advances to the year 275,000 at most");
      offset += ms;
      const time = now();
      for (const waiter of waiters) if (waiter.until <= time) waiter.resolve();
    },
    wait(ms) {
      if (stopped) return Promise.reject(new ClockStopped());
      if (ms <= 0) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const once = (settle: () => void) => () => {
          waiter.stopTimer?.();
          waiters.delete(waiter);
          settle();
        };
        const waiter: Waiter = {
          until: now() + ms,
          stopTimer: undefined,
          resolve: once(resolve),
          reject: once(() => {
            reject(new ClockStopped());
          }),
        };
        if (mode === "real") waiter.stopTimer = startTimer(ms, waiter.resolve);
        waiters.add(waiter);
      });
    },
    stop() {
      stopped = true;
      for (const waiter of waiters) waiter.reject();
    },
  };
}
