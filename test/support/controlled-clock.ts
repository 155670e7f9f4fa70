import { afterEach, beforeEach, expect, vi } from "vitest";

/**
 * Gives every test of this file a clock of its own, and checks that no timer is left at the end.
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
