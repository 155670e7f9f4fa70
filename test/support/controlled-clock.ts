import { afterEach, beforeEach, expect, vi } from "vitest";

/**
 * Puts every test of this file on a clock of its own, at whose end no timer may be left.
 *
 * @param jitter What `Math.random` gives, so that every wait is known; left out, it is let be.
 */
export function controlClock(jitter?: number): void {
  beforeEach(() => {
    vi.useFakeTimers();
    if (jitter !== undefined) vi.spyOn(Math, "random").mockReturnValue(jitter);
  });
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });
}
