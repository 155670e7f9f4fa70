/** The emulator's time: what training, expiry and delays go by. */
export interface Clock {
  /** Milliseconds since 1970, as `Date.now()`. */
  now: () => number;
  /** Moves the time forward; whoever waits for a moment that passed goes on at once. */
  advance: (ms: number) => void;
  /** Resolves when `ms` have passed on this clock; rejects with `ClockStopped` if that never comes. */
  wait: (ms: number) => Promise<void>;
  /** Sends home all who wait, and keeps no timer. */
  stop: () => void;
}

/** The emulator was closed while something waited for its clock. */
export class ClockStopped extends Error {}

interface Sleeper {
  until: number;
  timer: NodeJS.Timeout | undefined;
  wake: () => void;
  sendHome: () => void;
}

/** A clock that runs with real time and can be moved ahead, or (`manual`) only moves when told. */
export function createClock(mode: "real" | "manual" = "real"): Clock {
  const start = Date.now();
  const sleepers = new Set<Sleeper>();
  let offset = 0;
  let stopped = false;

  const now = () => (mode === "manual" ? start : Date.now()) + offset;

  return {
    now,
    advance(ms) {
      if (!(ms >= 0)) throw new RangeError(`a clock advances by 0 ms or more, not by ${ms}`);
      offset += ms;
      const time = now();
      for (const sleeper of sleepers) if (sleeper.until <= time) sleeper.wake();
    },
    wait(ms) {
      if (stopped) return Promise.reject(new ClockStopped());
      if (ms <= 0) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const settle = (settled: () => void) => () => {
          clearTimeout(sleeper.timer);
          sleepers.delete(sleeper);
          settled();
        };
        const sleeper: Sleeper = {
          until: now() + ms,
          timer: undefined,
          wake: settle(resolve),
          sendHome: settle(() => {
            reject(new ClockStopped());
          }),
        };
        if (mode === "real") sleeper.timer = setTimeout(sleeper.wake, ms);
        sleepers.add(sleeper);
      });
    },
    stop() {
      stopped = true;
      for (const sleeper of sleepers) sleeper.sendHome();
    },
  };
}
